import { given } from '../../src/base/checked-access';
import { describe, expect, it } from 'vitest';
import { decodeNames, encodeNames } from '../../src/names/codec';
import { buildNames } from '../../src/names/build-names';
import { localsOnLines, outlineOf, preferred } from '../../src/names/found';
import type { TreeNames } from '../../src/names/tree-names';
import { definitionsOf, indexed, placesOf, referencesAt, shown, type Indexed } from './names-fixture';

const kernel = {
  'sock.h': `struct proto { int (*bind)(struct sock *sk); int (*get)(void); };
struct sock { int state; struct proto *prot; union { struct inet { int ttl; } af_inet; } protinfo; };
struct other { int state; };
typedef struct other other_t;
#define SK(x) ((struct sock *)(x))
struct sock *lookup(int port);
`,
  'tcp.c': `static int helper(struct sock *sk) { return sk->state; }
int tcp_bind(struct sock *sk) { sk->state = 1; return helper(sk); }
int tcp_get(void) { return 0; }
struct proto tcp_prot = { bind: tcp_bind, .get = tcp_get };
`,
  'udp.c': `static int helper(other_t *o) { return o->state++; }
int udp_bind(struct sock *sk) { other_t state; return helper(&state) + SK(0)->state + lookup(3)->state; }
struct proto udp_prot = { udp_bind };
`,
  'socket.c': `int sys_bind(struct sock *sk)
{
	sk->prot->bind(sk);
	{ struct other *sk; sk->state = 2; }
	sk->protinfo.af_inet.ttl = 3;
again:
	if (sk->state) goto again;
	return unknown()->state;
}
int sys_open(struct sock *sk) { sk->prot->get = tcp_get; return sk->prot->get(); }
`,
};

describe('references', () => {
  const index = indexed(kernel);
  const named = (words: string): string[] => {
    const symbol = index.symbols.named(words);
    return symbol ? shown(index, index.symbols.referencesTo(symbol)) : [];
  };

  it('of a member are those of its struct, by the types along the chain', () => {
    expect(named('sock.state')).toEqual([
      'sock.h:2 define',
      'socket.c:7 read',
      'socket.c:8 read?',
      'tcp.c:1 read',
      'tcp.c:2 write',
      'udp.c:2 read',
      'udp.c:2 read',
    ]);
    expect(named('other.state')).toEqual(['sock.h:3 define', 'socket.c:4 write', 'socket.c:8 read?', 'udp.c:1 update']);
    expect(named('sock.protinfo.af_inet.ttl')).toEqual(['sock.h:2 define', 'socket.c:5 write']);
  });

  it('of a static function are those of its file', () => {
    expect(referencesAt(index, 'tcp.c', 'return helper', 'helper')).toEqual(['tcp.c:1 define', 'tcp.c:2 call']);
    expect(referencesAt(index, 'udp.c', 'return helper', 'helper')).toEqual(['udp.c:1 define', 'udp.c:2 call']);
  });

  it('of a local stay in its block', () => {
    expect(referencesAt(index, 'socket.c', 'struct other', 'sk')).toEqual(['socket.c:4 define', 'socket.c:4 read']);
    expect(referencesAt(index, 'socket.c', '\tsk->prot', 'sk')).toEqual([
      'socket.c:1 define',
      'socket.c:3 read',
      'socket.c:3 read',
      'socket.c:5 read',
      'socket.c:7 read',
    ]);
  });

  it('of a label, a tag, a function whose address is taken', () => {
    expect(referencesAt(index, 'socket.c', 'goto', 'again')).toEqual(['socket.c:6 define', 'socket.c:7 read']);
    expect(named('struct other')).toEqual(['sock.h:3 define', 'sock.h:4 read', 'socket.c:4 read']);
    expect(named('tcp_bind')).toEqual(['tcp.c:2 define', 'tcp.c:4 address']);
  });

  it('of what nobody defines, and of nonsense, are none', () => {
    expect(named('nothing')).toEqual([]);
    expect(named('sock.nothing')).toEqual([]);
    expect(named('; drop')).toEqual([]);
  });
});

describe('values of variables on lines', () => {
  it('are those of locals, not of tags, members, labels or globals with their names', () => {
    const text =
      'int g;\nint f(struct sock *sock)\n{\n\tstruct sock *next = sock->next;\n\tg = sock->sock;\n\tgoto sock;\n}\n';
    const { tree } = indexed(text);
    const lines = [...localsOnLines(tree, 'a.c', 3, 5)].map((offset) => text.slice(offset, offset + 6));
    expect(lines).toEqual(['next =', 'sock->', 'sock->']);
    expect(localsOnLines(tree, 'b.c', 0, 9).size).toBe(0);
  });
});

describe('calls through tables of functions', () => {
  const index = indexed(kernel);
  const member = (words: string) => {
    const symbol = index.symbols.named(words);
    return symbol?.kind === 'member' ? symbol.members : [];
  };

  it('lead from a member to every function that is put there', () => {
    const slots = (words: string): string[] =>
      index.calls
        .slotsOf(member(words))
        .map(({ table, function: name }) => `${table ? index.tree.nameOf(table) : '='} ${name}`);
    expect(slots('proto.bind')).toEqual(['tcp_prot tcp_bind', 'udp_prot udp_bind']);
    expect(slots('proto.get')).toEqual(['= tcp_get', 'tcp_prot tcp_get']);
  });

  it('are among the callers of those functions', () => {
    const callers = (name: string): string[] =>
      index.calls
        .callsOf(name)
        .map(({ caller, through }) => `${index.tree.nameOf(caller)}${through ? ' through' : ''}`);
    expect(callers('udp_bind')).toEqual(['sys_bind through']);
    expect(callers('tcp_get')).toEqual(['sys_open through']);
    expect(callers('lookup')).toEqual(['udp_bind']);
  });

  it('come from the IPv4 stack first, from other protocol families last', () => {
    const paths = ['net/unix/a.c', 'net/core/b.c', 'include/c.h', 'net/d.c', 'net/ipv4/e.c', 'net/ipv6/f.c'];
    const inOrder = preferred(paths.map((path) => ({ file: { path } }))).map(({ file }) => file.path);
    expect(inOrder).toEqual(['net/ipv4/e.c', 'net/core/b.c', 'include/c.h', 'net/d.c', 'net/unix/a.c', 'net/ipv6/f.c']);
  });

  it('stand in their function in order', () => {
    const [caller] = index.tree.definitionsOf(index.tree.numberOf('udp_bind')).filter(({ kind }) => kind === 0);
    expect(index.calls.callsIn(given(caller, 'caller')).map((each) => index.tree.nameOf(each))).toEqual([
      'helper',
      'SK',
      'lookup',
    ]);
  });
});

describe('an index', () => {
  it('is the same after it was kept', () => {
    const index = indexed(kernel);
    const tree = decodeNames(encodeNames(index.tree));
    const again: Indexed = { ...index, tree: given(tree, 'tree') };
    for (const path of Object.keys(kernel)) {
      expect(placesOf(again, path)).toEqual(placesOf(index, path));
      expect(definitionsOf(again, path)).toEqual(definitionsOf(index, path));
    }
  });

  it('that is damaged counts as none', () => {
    const bytes = encodeNames(indexed(kernel).tree);
    expect(decodeNames(bytes.slice(0, bytes.length - 8))).toBeUndefined();
    expect(decodeNames(new Uint8Array(3))).toBeUndefined();
    for (const at of [0, 4, 9, 30, bytes.length - 2]) {
      const damaged = bytes.slice();
      damaged[at] = (damaged[at] ?? 0) ^ 0x55;
      expect(decodeNames(damaged)).toBeUndefined();
    }
  });

  it('reads again only what is another text', () => {
    const opened: string[] = [];
    const run = (texts: Record<string, string>, before?: TreeNames): TreeNames => {
      const steps = buildNames(
        Object.entries(texts).map(([path, text]) => ({
          path,
          stamp: `${text.length}`,
          text: () => (opened.push(path), text),
        })),
        before,
      );
      for (;;) {
        const { done, value } = steps.next();
        if (done) {
          return value;
        }
      }
    };
    const tree = run({ 'a.c': 'int a;', 'b.c': 'int b;', 'gone.c': 'int c;' });
    opened.length = 0;
    const after = run({ 'a.c': 'int a;', 'b.c': 'int bb;' }, tree);
    expect(opened).toEqual(['b.c']);
    expect(after.files.map(({ path }) => path)).toEqual(['a.c', 'b.c']);
    expect(after.definitionsOf(after.numberOf('bb')).length).toBe(1);
    expect(after.definitionsOf(after.numberOf('c')).length).toBe(0);
  });

  it('leaves out what cannot be read or is no text', () => {
    const steps = buildNames([
      { path: 'a.c', text: () => undefined },
      { path: 'b.c', text: () => 'int\0b;' },
      { path: 'c.c', text: () => 'int 中文, d;' },
    ]);
    let step = steps.next();
    while (!step.done) {
      step = steps.next();
    }
    expect(step.value.files.map(({ path }) => path)).toEqual(['c.c']);
  });
});

describe('the outline', () => {
  it('has functions behind a brace that nobody closes, and no locals', () => {
    const { tree } = indexed(
      '#include <net/sock.h>\nOPEN_A_BLOCK(x) {\n@@ <<<< )) ;\nint damaged(struct sock *sock)\n{\n\tstruct sock *sk = sock;\n\tif (sk->state\n\t\treturn 1;\n}\n',
    );
    expect(outlineOf(tree, 'a.c').map(({ name }) => name)).toContain('damaged');
    expect(outlineOf(tree, 'a.c').map(({ name }) => name)).not.toContain('sk');
    // The brace that nobody closes ends where the next function begins.
    const lines = outlineOf(tree, 'a.c').map(({ name, line, endLine }) => `${name} ${line}-${endLine}`);
    expect(lines).toContain('OPEN_A_BLOCK 1-2');
  });
});
