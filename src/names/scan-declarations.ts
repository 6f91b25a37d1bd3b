/**
 * Declarations: of files, of structs' members, of parameters, of blocks. In: the index where one begins. Out, into the
 * state: what is defined or declared, of which type; the index behind it. Reading always goes on, whatever stands there.
 *
 *   declaration := specifier* declarator (',' declarator)* (';' | body)
 *   declarator  := '*'* ( name | '(' declarator ')' ) ( '[' … ']' | '(' parameters ')' )*  ( ':' width )? ( '=' value )?
 *
 * Types are not known, so a name counts as a type by what follows it (another name, a `*`); names of macros between
 * specifiers, as of attributes, do no harm. A name with parentheses that nothing precedes is a macro's use.
 */
import { known } from '../preprocess/atoms';
import { wordClass, WordClass } from '../parse/keywords';
import { Act, isCallable, isStatic, Kind, Space, TypeForm, type KindNumber } from './roles';
import type { ExpressionScan } from './scan-expressions';
import { deepest, isOpening, type ScanState } from './scan-state';

/** Where a declaration stands. */
export const Where = { file: 0, member: 1, parameter: 2, block: 3 } as const;
type WhereNumber = (typeof Where)[keyof typeof Where];

/** What the specifiers of a declaration say. */
interface Specifiers {
  hasType: boolean;
  type: number;
  form: number;
  isTypedef: boolean;
  isExtern: boolean;
  isStatic: boolean;
  /** There is a storage class or a qualifier. */
  hasOther: boolean;
}

interface Declarator {
  /** Token of the name, or -1. */
  readonly name: number;
  readonly behind: number;
  /** Opening parenthesis of the parameters of a function; -1 when it is none. */
  readonly parameters: number;
  readonly isPointerToFunction: boolean;
}

/** Macros that define what they are given. */
const definers = /^(?:DECLARE_|DEFINE_)|LIST_HEAD$/;

export class DeclarationScan {
  constructor(
    private readonly state: ScanState,
    private readonly expressions: ExpressionScan,
    /** Reads a function's body: from its brace to behind it. */
    private readonly body: (open: number, behind: number) => void,
  ) {}

  /** Reads one declaration; answers the index behind it, always further on. */
  read(from: number, to: number, where: WhereNumber, owner: number): number {
    const { tokens } = this.state;
    const said: Specifiers = {
      hasType: false,
      type: -1,
      form: TypeForm.unknown,
      isTypedef: false,
      isExtern: false,
      isStatic: false,
      hasOther: false,
    };
    let i = this.specifiers(from, to, said, where, owner);
    if (tokens.isName(i) && tokens.atom(i + 1) === known['('] && !said.hasType) {
      return this.withoutType(i, to, said, where, owner);
    }
    for (let first = true; i < to; first = false) {
      const next = this.declared(i, to, said, where, owner, first);
      if (next < 0) {
        return -next;
      }
      i = next;
      if (tokens.atom(i) !== known[','] || where === Where.parameter) {
        break;
      }
      i++;
    }
    if (tokens.atom(i) === known[';'] && i < to) {
      i++;
    }
    return Math.max(i, from + 1);
  }

  /** The parameters between two parentheses. */
  parameters(open: number, close: number, owner: number): void {
    for (let i = open + 1; i < close;) {
      const end = Math.min(close, this.expressions.endOfItem(i, close));
      if (this.state.depth++ < deepest) {
        this.read(i, end, Where.parameter, owner);
      }
      this.state.depth--;
      i = end + 1;
    }
  }

  private specifiers(from: number, to: number, said: Specifiers, where: WhereNumber, owner: number): number {
    const { tokens } = this.state;
    let i = from;
    while (i < to) {
      const atom = tokens.atom(i);
      if (tokens.isName(i)) {
        if (!this.isSpecifier(i, to, said, where)) {
          return i;
        }
        this.state.mark(i, Space.ordinary, Act.read);
        if (!said.hasType) {
          said.type = atom;
          said.form = TypeForm.name;
          said.hasType = tokens.isName(i + 1) || tokens.atom(i + 1) !== known['('];
        }
        i++;
        continue;
      }
      const next = this.keyword(i, to, said, owner);
      if (next === i) {
        return i;
      }
      i = next;
    }
    return i;
  }

  /** A keyword among specifiers; answers the index behind what belongs to it, or `i` when it is none. */
  private keyword(i: number, to: number, said: Specifiers, owner: number): number {
    const { tokens, state } = this;
    const atom = Math.max(0, tokens.atom(i));
    switch (wordClass(atom)) {
      case WordClass.storage:
        said.isTypedef ||= atom === known.typedef;
        said.isExtern ||= atom === known.extern;
        said.isStatic ||= atom === known.static;
        said.hasOther = true;
        return tokens.atom(i + 1) === known['{'] ? i + 2 : i + 1;
      case WordClass.functionSpecifier:
      case WordClass.qualifier:
      case WordClass.extension:
        said.hasOther = true;
        return i + 1;
      case WordClass.typeWord:
        said.hasType = true;
        said.form = TypeForm.unknown;
        return i + 1;
      case WordClass.record:
      case WordClass.enum:
        return this.tagged(i, to, said, owner);
      case WordClass.typeof:
        said.hasType = true;
        return this.parenthesised(i + 1, to);
      case WordClass.attribute:
      case WordClass.asm:
      case WordClass.alignas:
        return this.parenthesised(i + 1, to);
      default:
        return i < to && state.depth > deepest ? i + 1 : i;
    }
  }

  private get tokens(): ScanState['tokens'] {
    return this.state.tokens;
  }

  /** Whether the name at `i` stands for a type or a macro among specifiers, and is not what is declared. */
  private isSpecifier(i: number, to: number, said: Specifiers, where: WhereNumber): boolean {
    const { tokens } = this;
    if (i + 1 >= to) {
      return where === Where.parameter && !said.hasType;
    }
    const next = tokens.atom(i + 1);
    const nextClass = wordClass(Math.max(0, next));
    if (tokens.isName(i + 1) || (nextClass >= WordClass.storage && nextClass <= WordClass.attribute)) {
      return nextClass !== WordClass.attribute || !said.hasType;
    }
    if (next === known['*']) {
      return true;
    }
    if (next === known['('] && !said.hasType) {
      // `type (*name)(…)`, and not a macro's use
      return (said.isTypedef || tokens.atom(i + 2) === known['*']) && this.state.behind(i + 1, to) < to;
    }
    return where === Where.parameter && !said.hasType && (next === known[','] || next === known[')']);
  }

  /** `struct`, `union` or `enum` with what follows. */
  private tagged(at: number, to: number, said: Specifiers, owner: number): number {
    const { tokens, state } = this;
    const keyword = tokens.atom(at);
    const kind: KindNumber = keyword === known.struct ? Kind.struct : keyword === known.union ? Kind.union : Kind.enum;
    let i = at + 1;
    while (wordClass(Math.max(0, tokens.atom(i))) === WordClass.attribute) {
      i = this.parenthesised(i + 1, to);
    }
    const name = tokens.isName(i) ? i : -1;
    i += name >= 0 ? 1 : 0;
    said.hasType = true;
    said.type = name < 0 ? -1 : tokens.atom(name);
    said.form = name < 0 ? TypeForm.unknown : TypeForm.tag;
    if (tokens.atom(i) !== known['{'] || i >= to || state.depth > deepest) {
      if (name >= 0) {
        state.mark(name, Space.tag, tokens.atom(i) === known[';'] ? Act.declare : Act.read);
      }
      return i;
    }
    const index = state.define(kind, name, owner, -1, TypeForm.unknown);
    if (name < 0) {
      said.type = index;
      said.form = TypeForm.inline;
    }
    const behind = state.behind(i, to);
    state.depth++;
    if (kind === Kind.enum) {
      this.constants(i + 1, behind - 1, index);
    } else {
      for (let at = i + 1; at < behind - 1;) {
        at = this.read(at, behind - 1, Where.member, index);
      }
    }
    state.depth--;
    const found = state.definitions[index];
    if (found) {
      found.end = state.endOf(behind - 1);
    }
    return behind;
  }

  private constants(from: number, to: number, owner: number): void {
    for (let i = from; i < to;) {
      const end = this.expressions.endOfItem(i, to);
      if (this.tokens.isName(i)) {
        this.state.define(Kind.constant, i, owner, -1, TypeForm.unknown);
        i++;
      }
      this.expressions.read(i, end);
      i = end + 1;
    }
  }

  /**
   * A declarator with what follows it; answers the index of the `,` or `;` there. Behind a function's body it answers the
   * negative of the index, because the declaration has ended.
   */
  private declared(
    from: number,
    to: number,
    said: Specifiers,
    where: WhereNumber,
    owner: number,
    first: boolean,
  ): number {
    const { tokens, state } = this;
    const found = this.declarator(from, to, owner, 0);
    let i = found.behind;
    const isFunction = found.parameters >= 0;
    const isBrace = tokens.atom(i) === known['{'];
    const hasBody =
      isFunction &&
      first &&
      ((where === Where.file && (isBrace || this.isOldStyle(found, i, to))) || (where === Where.block && isBrace));
    // In a block a function stands only behind a brace that nobody closes, or that a macro opens: it is the file's.
    const index =
      found.name < 0
        ? -1
        : hasBody
          ? this.define(found, said, Where.file, -1, true)
          : this.define(found, said, where, owner, false);
    if (hasBody) {
      return -this.function(found, i, to, index);
    }
    if (isFunction) {
      this.parameters(found.parameters, state.behind(found.parameters, to) - 1, -1);
    }
    if (tokens.atom(i) === known[':'] && where === Where.member) {
      const end = this.expressions.endOfItem(i, to);
      this.expressions.read(i + 1, end);
      i = end;
    }
    if (tokens.atom(i) === known['=']) {
      i = this.expressions.initializer(i + 1, to, index);
    }
    if (index >= 0) {
      const definition = state.definitions[index];
      if (definition && where !== Where.block && where !== Where.parameter) {
        definition.end = Math.max(definition.end, state.endOf(Math.max(found.name, i - 1)));
      }
    }
    return i;
  }

  private define(found: Declarator, said: Specifiers, where: WhereNumber, owner: number, hasBody: boolean): number {
    const isFunction = found.parameters >= 0;
    const kind: KindNumber = said.isTypedef
      ? Kind.typedef
      : where === Where.member
        ? Kind.member
        : where === Where.file
          ? hasBody
            ? Kind.function
            : isFunction || (said.isExtern && this.tokens.atom(found.behind) !== known['='])
              ? Kind.declaration
              : Kind.variable
          : isFunction || said.isExtern
            ? Kind.declaration
            : Kind.local;
    // Parameters of prototypes are nobody's.
    if (where === Where.parameter && owner < 0) {
      this.state.mark(found.name, Space.ordinary, Act.declare, true);
      return -1;
    }
    const form =
      said.form | (said.isStatic ? isStatic : 0) | (isFunction || found.isPointerToFunction ? isCallable : 0);
    return this.state.define(kind, found.name, owner, said.type, form);
  }

  private declarator(from: number, to: number, owner: number, nested: number): Declarator {
    const { tokens, state } = this;
    let i = from;
    let name = -1;
    let isPointer = false;
    for (; i < to; i++) {
      const atom = Math.max(0, tokens.atom(i));
      const word = wordClass(atom);
      if (atom === known['*']) {
        isPointer = true;
      } else if (word === WordClass.attribute) {
        i = this.parenthesised(i + 1, to) - 1;
      } else if (word !== WordClass.qualifier && !(tokens.isName(i) && tokens.isName(i + 1) && i + 1 < to)) {
        break;
      }
    }
    let inner: Declarator | undefined;
    if (tokens.atom(i) === known['('] && i < to && nested < 20) {
      const behind = state.behind(i, to);
      inner = this.declarator(i + 1, behind - 1, owner, nested + 1);
      name = inner.name;
      i = behind;
    } else if (tokens.isName(i) && i < to) {
      name = i++;
      const wrapped = tokens.atom(i) === known['('] && tokens.isName(i + 1) && state.behind(i, to) === i + 3;
      if (wrapped && tokens.atom(i + 3) === known['=']) {
        // `struct proto_ops WRAPPED(name) = …`
        state.mark(name, Space.ordinary, Act.call);
        name = i + 1;
        i += 3;
      }
    }
    let parameters = inner?.parameters ?? -1;
    const isPointerToFunction = (inner?.isPointerToFunction ?? false) || (nested > 0 && isPointer && parameters < 0);
    let suffixed = false;
    for (; i < to; suffixed = true) {
      const atom = tokens.atom(i);
      if (atom === known['[']) {
        const behind = state.behind(i, to);
        this.expressions.read(i + 1, behind - 1);
        i = behind;
      } else if (atom === known['('] && name >= 0) {
        const behind = state.behind(i, to);
        if (inner?.isPointerToFunction || suffixed || parameters >= 0) {
          this.parameters(i, behind - 1, -1);
        } else {
          parameters = i;
        }
        i = behind;
      } else {
        break;
      }
    }
    return { name, behind: this.attributes(i, to), parameters, isPointerToFunction };
  }

  /** Behind attributes, and names of macros in their place, which follow a declarator at `from`. */
  private attributes(from: number, to: number): number {
    const { tokens } = this;
    let i = from;
    while (i < to) {
      const word = wordClass(Math.max(0, tokens.atom(i)));
      const next = tokens.atom(i + 1);
      if (word === WordClass.attribute || word === WordClass.asm) {
        i = this.parenthesised(i + 1, to);
      } else if (
        tokens.isName(i) &&
        i + 1 < to &&
        (next === known['='] || next === known[';'] || next === known[','] || next === known['{'])
      ) {
        this.state.mark(i++, Space.ordinary, Act.read);
      } else {
        break;
      }
    }
    return i;
  }

  /** A function with its body; answers the index behind it. */
  private function({ parameters }: Declarator, from: number, to: number, index: number): number {
    const { state, tokens } = this;
    const mark = state.openBlock();
    const close = state.behind(parameters, to) - 1;
    const brace = this.braceFrom(from, to);
    this.parameters(parameters, close, index);
    for (let i = from; i < brace;) {
      i = this.read(i, brace, Where.block, index);
    }
    const behind = state.behind(brace, to);
    this.body(brace, behind);
    state.closeBlock(mark);
    const definition = state.definitions[index];
    if (definition) {
      definition.end = state.endOf(behind - 1);
    }
    return tokens.atom(behind) === known[';'] ? behind + 1 : behind;
  }

  private braceFrom(from: number, to: number): number {
    let i = from;
    while (i < to && this.tokens.atom(i) !== known['{']) {
      i++;
    }
    return i;
  }

  /** Declarations of parameters stand between `name(a, b)` and the body, as before 1989. */
  private isOldStyle({ parameters }: { readonly parameters: number }, from: number, to: number): boolean {
    const { tokens, state } = this;
    const close = state.behind(parameters, to) - 1;
    const names = new Set<number>();
    for (let i = parameters + 1; i < close; i += 2) {
      if (!tokens.isName(i) || (i + 1 < close && tokens.atom(i + 1) !== known[','])) {
        return false;
      }
      names.add(tokens.atom(i));
    }
    let declared = false;
    for (let i = from; i < Math.min(to, from + 200); i++) {
      const atom = tokens.atom(i);
      if (atom === known['{']) {
        return declared && tokens.atom(i - 1) === known[';'];
      }
      if (isOpening(atom) || atom === known['='] || atom === known['}']) {
        return false;
      }
      declared ||= names.has(atom);
    }
    return false;
  }

  /** `name ( … )` with no type before: an old function, a macro's use, or a variable that a macro defines. */
  private withoutType(i: number, to: number, said: Specifiers, where: WhereNumber, owner: number): number {
    const { tokens, state } = this;
    const behind = state.behind(i + 1, to);
    const parameters = i + 1;
    const after = this.attributes(behind, to);
    if (where === Where.file && (tokens.atom(after) === known['{'] || this.isOldStyle({ parameters }, after, to))) {
      const index = state.define(
        Kind.function,
        i,
        owner,
        said.type,
        said.form | isCallable | (said.isStatic ? isStatic : 0),
      );
      return this.function({ name: i, behind: after, parameters, isPointerToFunction: false }, after, to, index);
    }
    state.mark(i, Space.ordinary, Act.call);
    this.expressions.read(i + 2, behind - 1);
    if (where === Where.file && tokens.isName(i + 2) && definers.test(state.textOf(tokens.atom(i)))) {
      state.define(Kind.variable, i + 2, owner, -1, said.isStatic ? isStatic : 0);
    }
    const end = tokens.atom(behind) === known[';'] ? behind + 1 : behind;
    return tokens.atom(behind) === known['='] ? this.expressions.initializer(behind + 1, to, -1) : end;
  }

  /** Reads what stands in parentheses at `i`; answers the index behind, `i` when there are none. */
  private parenthesised(i: number, to: number): number {
    if (this.tokens.atom(i) !== known['('] || i >= to) {
      return i;
    }
    const behind = this.state.behind(i, to);
    this.expressions.read(i + 1, behind - 1);
    return behind;
  }
}
