/**
 * Which struct a member belongs to: for the cursor on `rto` in `sk->tp_pinfo.af_tcp.rto`, the answer is `tcp_opt`.
 *
 * In: the tokens of a file and the index of the member's name. Out: the record and the key under which the catalogue
 * knows it. Reads the postfix expression (C99 6.5.2) backwards from the `.` or `->`: a name, then any number of members,
 * calls and indexes; a cast in parentheses counts as what it says. Types come from debug information, or where there is
 * none from the declaration `struct X *name` in the text.
 */
import type { CToken } from '../catalog/c-tokens';
import type { TypeId } from '../abi/debug-info';
import type { ProgramFacts, RecordType } from './program-facts';

export interface MemberBase {
  readonly record?: RecordType;
  /** `sock`, or `tcp_opt.ack` for a struct without a tag inside another. */
  readonly key?: string;
}

interface Found {
  readonly type?: TypeId;
  readonly base: MemberBase;
}

const nothing: Found = { base: {} };

export class MemberResolver {
  constructor(
    private readonly tokens: readonly CToken[],
    private readonly path: string,
    private readonly facts: ProgramFacts | undefined,
  ) {}

  /** The base of the member whose name is token `index`; undefined when it is no member. */
  baseOf(index: number): MemberBase | undefined {
    const access = this.text(index - 1);
    if (access === '.' || access === '->') {
      // `.name =` at the start of an initialiser has nothing before it.
      return /^[{,]$/.test(this.text(index - 2)) ? {} : this.postfix(index - 2, 0).base;
    }
    return this.declaredIn(index);
  }

  private text(index: number): string {
    return this.tokens[index]?.text ?? '';
  }

  /** Type of the postfix expression that ends with token `end`. */
  private postfix(end: number, depth: number): Found {
    if (end < 0 || depth > 40) {
      return nothing;
    }
    const last = this.tokens[end]!;
    if (last.text === ']') {
      return this.postfix(this.opener(end) - 1, depth + 1);
    }
    if (last.text === ')') {
      const open = this.opener(end);
      const called = this.tokens[open - 1];
      return called?.kind === 'word' && !/^(return|sizeof|if|while|switch|for|case)$/.test(called.text)
        ? this.call(open - 1, depth)
        : this.parenthesised(open, end, depth);
    }
    if (last.kind !== 'word') {
      return nothing;
    }
    const access = this.text(end - 1);
    return access === '.' || access === '->' ? this.member(end, depth) : this.variable(end);
  }

  private opener(close: number): number {
    let open = 0;
    for (let i = close; i >= 0; i--) {
      const text = this.text(i);
      open += text === ')' || text === ']' ? 1 : text === '(' || text === '[' ? -1 : 0;
      if (open === 0) {
        return i;
      }
    }
    return 0;
  }

  private member(index: number, depth: number): Found {
    const { base } = this.postfix(index - 2, depth + 1);
    const field = base.record && this.facts?.field(base.record, this.text(index));
    if (!field) {
      return nothing;
    }
    return this.typed(field.field.type, base.key ? `${base.key}.${field.field.name}` : undefined);
  }

  private call(name: number, depth: number): Found {
    const access = this.text(name - 1);
    const type =
      access === '.' || access === '->' ? this.member(name, depth).type : this.facts?.function(this.text(name))?.type;
    let called = type === undefined ? undefined : this.facts?.type(type);
    called = called?.kind === 'pointer' ? this.facts?.type(called.to) : called;
    return called?.kind === 'function' ? this.typed(called.returns, undefined) : nothing;
  }

  private parenthesised(open: number, close: number, depth: number): Found {
    for (let i = open + 1; i < close; i++) {
      if ((this.text(i) === 'struct' || this.text(i) === 'union') && /^[*)]$/.test(this.text(i + 2))) {
        return this.named(this.text(i + 1));
      }
    }
    return this.postfix(close - 1, depth + 1);
  }

  private variable(index: number): Found {
    const name = this.text(index);
    const type = this.facts?.variableType(name, this.path, this.tokens[index]!.start);
    if (type !== undefined) {
      return this.typed(type, undefined);
    }
    // The nearest declaration above that reads `struct X *name`.
    for (let i = index - 1; i >= 2; i--) {
      if (this.text(i) !== name) {
        continue;
      }
      let at = i - 1;
      while (this.text(at) === '*') {
        at--;
      }
      if (this.tokens[at]?.kind === 'word' && /^(struct|union)$/.test(this.text(at - 1))) {
        return this.named(this.text(at));
      }
    }
    return nothing;
  }

  private named(name: string): Found {
    const record = this.facts?.record(name);
    return { base: { record, key: record?.name || name } };
  }

  private typed(type: TypeId, path: string | undefined): Found {
    const record = this.facts?.recordBehind(type);
    return { type, base: record ? { record, key: record.name || path } : {} };
  }

  /** For a member's own declaration inside `struct X { … }`. */
  private declaredIn(index: number): MemberBase | undefined {
    const outer: string[] = [];
    let depth = 0;
    for (let i = index - 1; i >= 0; i--) {
      const text = this.text(i);
      depth += text === '}' ? 1 : 0;
      if (text !== '{') {
        continue;
      }
      if (depth > 0) {
        depth--;
        continue;
      }
      const tag = this.tokens[i - 1];
      if (tag?.kind === 'word' && /^(struct|union)$/.test(this.text(i - 2))) {
        const record = this.facts?.record(tag.text);
        return {
          record: outer.length === 0 ? record : this.inner(record, outer),
          key: [record?.name || tag.text, ...outer].join('.'),
        };
      }
      if (!/^(struct|union)$/.test(tag?.text ?? '')) {
        return undefined;
      }
      outer.unshift(this.nameAfter(i));
    }
    return undefined;
  }

  /** The member that an untagged `{ … } name;` declares. */
  private nameAfter(open: number): string {
    let depth = 0;
    for (let i = open; i < this.tokens.length; i++) {
      depth += this.text(i) === '{' ? 1 : this.text(i) === '}' ? -1 : 0;
      if (depth === 0) {
        return this.tokens[i + 1]?.kind === 'word' ? this.text(i + 1) : '';
      }
    }
    return '';
  }

  private inner(record: RecordType | undefined, path: readonly string[]): RecordType | undefined {
    let at = record;
    for (const name of path) {
      at = at && this.facts?.recordBehind(this.facts.field(at, name)?.field.type);
    }
    return at;
  }
}
