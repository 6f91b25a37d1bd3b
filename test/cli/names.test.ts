/** `references` and `symbols`: what the index of names says on the command line. */
import { describe, expect, it } from 'vitest';
import { check, sockscope } from './cli-fixture';

const tree = {
  'tree/net/a.c':
    'struct ops { int (*bind)(void); };\nstatic int inet_bind(void) { return 0; }\nstruct ops stream = { bind: inet_bind };\n',
  'tree/include/b.h': 'struct ops;\n#define LIMIT 3\n',
  'tree/kernel/c.c': 'int sys_bind(struct ops *o) { return o->bind() + LIMIT; }\n',
};

describe('references', () => {
  it('are listed with what is done there, through tables of functions too', async () => {
    const { out } = await check('references inet_bind --kernel tree', { status: 0 }, { files: tree });
    expect(out.split('\n').slice(0, 4)).toEqual([
      'net/a.c:2:12  definition  inet_bind  static int inet_bind(void) { return 0; }',
      'net/a.c:3:29  address taken  struct ops stream = { bind: inet_bind };',
      'kernel/c.c:1:41  call through ops.bind  sys_bind  int sys_bind(struct ops *o) { return o->bind() + LIMIT; }',
      '3 places',
    ]);
    await check(
      'references ops.bind --kernel tree',
      { status: 0, out: 'holds inet_bind  stream.bind' },
      { files: tree },
    );
    await check('references LIMIT --kernel tree --lang zh', { status: 0, out: '共 2 处' }, { files: tree });
  });

  it('are objects with --json', async () => {
    const { out } = await check('references ops.bind --json --kernel tree', { status: 0 }, { files: tree });
    expect(JSON.parse(out)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'ops.bind', file: 'kernel/c.c', line: 1, kind: 'call', function: 'sys_bind' }),
        expect.objectContaining({ kind: 'target', target: 'inet_bind', table: 'stream', file: 'net/a.c', line: 3 }),
      ]),
    );
  });

  it('of the bundled kernel lead from sys_bind to the three tables', async () => {
    const { out } = await check('references proto_ops.bind', { status: 0, out: /call\s+sys_bind/ });
    expect(out).toMatch(/holds inet_bind {2}inet_stream_ops\.bind/);
  });

  it('of an unknown name are refused with a name that is near', async () => {
    await check('references inet_bnd --kernel tree', { status: 2, err: 'did you mean inet_bind?' }, { files: tree });
    await check('references x --kernel nowhere', { status: 2, err: 'there is no kernel source in nowhere' });
  });
});

describe('symbols', () => {
  it('are found by a part of their name, the nearest first', async () => {
    const { out } = await check('symbols bind --kernel tree', { status: 0 }, { files: tree });
    expect(out.split('\n')).toEqual(['function  sys_bind  kernel/c.c:1', 'function  inet_bind  net/a.c:2', '']);
    await check(
      'symbols LIMIT --kernel tree --lang zh',
      { status: 0, out: '宏  LIMIT  include/b.h:2' },
      { files: tree },
    );
    expect((await sockscope('symbols nothing --kernel tree', { files: tree })).status).toBe(1);
  });
});
