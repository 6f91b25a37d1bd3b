/**
 * Declarations as a skeleton (C99 6.7, 6.9.1). Specifiers are understood here and become one piece `int` (or a struct, union
 * or enum body) with a note; declarators, initialisers and bodies are passed on for tree-sitter to parse:
 *   declaration  := specifiers [ declarator [ = initializer ] { , … } ] ;
 *   declarator   := { * qualifiers } ( name | ( declarator ) ) { [ size ] | ( parameters ) }
 * Attributes and asm labels are left out of the text and kept in the notes.
 */
import { known } from '../preprocess/atoms';
import { plainWord, startsSpecifiers, wordClass, WordClass } from './keywords';
import { ExpressionRenderer } from './render-expression';
import { packAt, type AttributeNote, type DeclaratorNote, type SpecifiersNote } from './rendering';

export type DeclarationPlace = 'file' | 'block';

export abstract class DeclarationRenderer extends ExpressionRenderer {
  /** The body of a function: `{ … }`, its parameters in scope. */
  protected abstract functionBody(parameters: readonly number[]): void;

  /** Whether a declaration starts here. */
  protected startsDeclaration(index = this.at): boolean {
    const atom = this.atom(index);
    if (startsSpecifiers(atom) && index < this.end) {
      return wordClass(atom) !== WordClass.extension || this.startsDeclaration(index + 1);
    }
    return this.isName(index) && (this.scopes.isType(atom) || this.looksLikeUnknownType(index));
  }

  /** A name that is no known type but can only be one: `foo_t x;`, `foo_t *x = …`. */
  private looksLikeUnknownType(index: number): boolean {
    let i = index + 1;
    while (this.is(known['*'], i)) {
      i++;
    }
    if (!this.isName(i) || this.startsLine(i)) {
      return false;
    }
    const behind = this.atom(i + 1);
    return i > index + 1
      ? behind === known['=']
      : behind === known[';'] || behind === known['='] || behind === known[','] || behind === known['['] || behind === known['('] || behind === known[')'];
  }

  /** One declaration up to its `;`, or a function definition. */
  protected declaration(place: DeclarationPlace): void {
    const specifiers = this.specifiers();
    const isType = specifiers.storage === 'typedef';
    if (this.is(known[';'])) {
      this.emitSynthetic('v');
      this.emit();
      return;
    }
    for (let first = true; ; first = false) {
      const note = this.declarator(isType);
      if (first && !isType && this.startsBody(place, note)) {
        while (this.at < this.end && !this.is(known['{']) && !this.failure) {
          this.declaration('block');
        }
        this.functionBody(note.parameters ?? []);
        return;
      }
      if (this.is(known['='])) {
        this.emit();
        this.initializer();
      }
      if (!this.is(known[','])) {
        break;
      }
      this.emit();
      while (wordClass(this.atom()) === WordClass.attribute && this.at < this.end) {
        this.attribute();
      }
    }
    this.expectSemicolon();
  }

  private startsBody(place: DeclarationPlace, note: DeclaratorNote): boolean {
    if (this.is(known['{'])) {
      return true;
    }
    return place === 'file' && (note.parameters?.length ?? 0) > 0 && this.startsDeclaration();
  }

  /** Declaration specifiers (6.7), in any order; always writes one piece. `anyName`: a name here is the type even if it is not known as one. */
  protected specifiers(anyName = false): SpecifiersNote {
    const note: SpecifiersNote = {
      kind: 'specifiers', storage: undefined, inline: false, const: false, volatile: false, restrict: false, words: [], named: -1,
      typeof: undefined, tagged: false, attributes: [], tagAttributes: [], first: this.at, last: this.at,
    };
    let typed = false;
    const piece = this.out.length;
    while (this.at < this.end) {
      const atom = this.atom();
      const value = wordClass(atom);
      if (value === WordClass.storage) {
        note.storage = this.tokens.text(this.at++) as NonNullable<SpecifiersNote['storage']>;
      } else if (value === WordClass.functionSpecifier) {
        note.inline ||= plainWord(this.tokens.text(this.at)) === 'inline';
        this.at++;
      } else if (value === WordClass.qualifier) {
        this.qualifier(note);
      } else if (value === WordClass.extension) {
        this.at++;
      } else if (value === WordClass.attribute) {
        note.attributes.push(...this.attribute());
      } else if (value === WordClass.alignas && this.is(known['('], this.at + 1)) {
        const close = this.matching(this.at + 1);
        note.attributes.push({ name: this.at, args: this.argumentFragments(this.at + 2, close) });
        this.at = Math.min(close + 1, this.end);
      } else if (value === WordClass.typeWord) {
        note.words.push(plainWord(this.tokens.text(this.at++)));
        typed = true;
      } else if (value === WordClass.record || value === WordClass.enum) {
        this.deeper(() => (value === WordClass.enum ? this.enum(note) : this.record(note)));
        note.tagged = true;
        typed = true;
      } else if (value === WordClass.typeof && this.is(known['('], this.at + 1)) {
        const close = this.matching(this.at + 1);
        note.typeof = this.fragment(this.at + 2, close);
        this.at = Math.min(close + 1, this.end);
        typed = true;
      } else if (!typed && this.isName() && (this.scopes.isType(atom) || anyName || this.unknownTypeHere())) {
        note.named = this.at++;
        typed = true;
      } else {
        break;
      }
      note.last = this.at - 1;
    }
    if (!note.tagged) {
      this.out.add('int', note.first, Math.max(note.first, note.last), note);
    } else {
      this.out.notes.set(piece, note);
    }
    return note;
  }

  private unknownTypeHere(): boolean {
    let i = this.at + 1;
    while (this.is(known['*'], i)) {
      i++;
    }
    return this.isName(i) && !this.startsLine(i);
  }

  private qualifier(note: SpecifiersNote): void {
    const word = plainWord(this.tokens.text(this.at++));
    if (word === 'const' || word === 'volatile' || word === 'restrict') {
      note[word] = true;
    }
  }

  /** `struct tag { members }`, with attributes in any of the places GNU C allows. */
  private record(note: SpecifiersNote): void {
    const start = this.at;
    this.emit();
    const attributes = (): void => {
      while (wordClass(this.atom()) === WordClass.attribute && this.at < this.end) {
        note.tagAttributes.push(...this.attribute());
      }
    };
    attributes();
    const named = this.isName();
    if (named) {
      this.emit('v');
      attributes();
    }
    if (!this.is(known['{'])) {
      if (!named) {
        this.expected('a tag or {');
      }
      return;
    }
    this.emit();
    while (this.at < this.end && !this.is(known['}'])) {
      if (this.is(known[';'])) {
        this.at++;
      } else if (wordClass(this.atom()) === WordClass.staticAssert) {
        this.skipStaticAssert();
      } else {
        this.guarded('member', 'int v ;', () => this.member());
      }
    }
    this.expect(known['}']);
    attributes();
    const bytes = packAt(this.input.pack, start);
    if (bytes > 0) {
      note.tagAttributes.push(packAttribute(bytes));
    }
  }

  protected skipStaticAssert(): void {
    while (this.at < this.end && !this.is(known[';'])) {
      this.skipBalanced();
    }
    this.at++;
  }

  private member(): void {
    this.specifiers();
    if (this.is(known[';'])) {
      this.emitSynthetic('v');
      this.emit();
      return;
    }
    for (;;) {
      if (this.is(known[':'])) {
        this.emitSynthetic('v');
      } else {
        this.declarator(undefined);
      }
      if (this.is(known[':'])) {
        this.emit();
        this.expression({ comma: true });
        this.attributesBehind();
      }
      if (!this.is(known[','])) {
        break;
      }
      this.emit();
    }
    this.expectSemicolon();
  }

  /** Attributes behind a bit-field's width: they belong to the name before it, which has a note already. */
  private attributesBehind(): void {
    while (wordClass(this.atom()) === WordClass.attribute && this.at < this.end) {
      const notes = this.attribute();
      for (let i = this.out.length - 1; i >= 0; i--) {
        const note = this.out.notes.get(i);
        if (note?.kind === 'declarator') {
          note.attributes.push(...notes);
          break;
        }
      }
    }
  }

  private enum(note: SpecifiersNote): void {
    this.emit();
    while (wordClass(this.atom()) === WordClass.attribute && this.at < this.end) {
      note.tagAttributes.push(...this.attribute());
    }
    const named = this.isName();
    if (named) {
      this.emit('v');
    }
    if (!this.is(known['{'])) {
      if (!named) {
        this.expected('a tag or {');
      }
      return;
    }
    this.emit();
    while (this.at < this.end && !this.is(known['}'])) {
      if (!this.isName()) {
        this.expected('the name of an enumerator');
        break;
      }
      const name = this.atom();
      this.emit('v');
      while (wordClass(this.atom()) === WordClass.attribute && this.at < this.end) {
        this.attribute();
      }
      if (this.is(known['='])) {
        this.emit();
        this.expression({ comma: true });
      }
      this.scopes.declare(name, false);
      if (!this.is(known[','])) {
        break;
      }
      this.emit();
    }
    this.expect(known['}']);
    while (wordClass(this.atom()) === WordClass.attribute && this.at < this.end) {
      note.tagAttributes.push(...this.attribute());
    }
  }

  /**
   * A declarator with a name. `isType` says what the name becomes in the scope; undefined for members, which are in none.
   */
  protected declarator(isType: boolean | undefined): DeclaratorNote {
    const note: DeclaratorNote = { kind: 'declarator', attributes: [], parameters: undefined };
    const name = this.declaratorPart(note, false);
    if (name < 0) {
      this.expected('a name');
    } else if (isType !== undefined) {
      this.scopes.declare(name, isType);
    }
    return note;
  }

  /** Any declarator; gives the atom of the name it declares, or -1. `mayBeAbstract`: the name may be missing. */
  private declaratorPart(note: DeclaratorNote, mayBeAbstract: boolean): number {
    let name = -1;
    this.deeper(() => {
      this.pointers(note);
      if (this.isName()) {
        name = this.atom();
        this.emit('v', note);
      } else if (this.is(known['(']) && !(mayBeAbstract && this.startsParameters(this.at + 1))) {
        this.emit();
        name = this.declaratorPart(note, mayBeAbstract);
        this.expect(known[')']);
      }
      this.suffixes(note);
    });
    return name;
  }

  private pointers(note: DeclaratorNote): void {
    for (;;) {
      const value = wordClass(this.atom());
      if (this.is(known['*'])) {
        this.emit();
      } else if (value === WordClass.qualifier && this.at < this.end) {
        const word = plainWord(this.tokens.text(this.at));
        if (word === '_Atomic') {
          this.at++;
        } else {
          this.emit(word);
        }
      } else if (value === WordClass.attribute && this.at < this.end) {
        note.attributes.push(...this.attribute());
      } else {
        return;
      }
    }
  }

  /** Whether `( …` in an abstract declarator opens parameters rather than another declarator. */
  private startsParameters(index: number): boolean {
    return this.is(known[')'], index) || this.is(known['...'], index) || this.startsDeclaration(index);
  }

  private suffixes(note: DeclaratorNote): void {
    for (;;) {
      const value = wordClass(this.atom());
      if (this.is(known['['])) {
        this.arraySuffix();
      } else if (this.is(known['('])) {
        const names = this.parameters();
        note.parameters ??= names;
      } else if (value === WordClass.attribute && this.at < this.end) {
        note.attributes.push(...this.attribute());
      } else if (value === WordClass.asm && this.at < this.end) {
        this.at++;
        this.skipBalanced();
      } else {
        return;
      }
    }
  }

  private arraySuffix(): void {
    this.emit();
    while (this.is(known.static) || wordClass(this.atom()) === WordClass.qualifier) {
      this.at++;
    }
    if (this.is(known['*']) && this.is(known[']'], this.at + 1)) {
      this.emit();
    } else {
      this.expression({}, true);
    }
    this.expect(known[']']);
  }

  /** `( … )` behind a declarator; gives the names of the parameters. */
  private parameters(): readonly number[] {
    const names: number[] = [];
    this.emit();
    this.scopes.push();
    if (this.isName() && !this.startsDeclaration() && (this.is(known[','], this.at + 1) || this.is(known[')'], this.at + 1))) {
      while (this.isName()) {
        names.push(this.atom());
        this.emit('v');
        if (this.is(known[','])) {
          this.emit();
        }
      }
    } else {
      while (this.at < this.end && !this.is(known[')'])) {
        if (this.is(known['...'])) {
          this.emit();
        } else {
          this.parameter(names);
        }
        if (!this.is(known[','])) {
          break;
        }
        this.emit();
      }
    }
    this.scopes.pop();
    this.expect(known[')']);
    return names;
  }

  private parameter(names: number[]): void {
    const before = this.at;
    this.specifiers();
    const note: DeclaratorNote = { kind: 'declarator', attributes: [], parameters: undefined };
    const name = this.declaratorPart(note, true);
    if (name >= 0) {
      names.push(name);
      this.scopes.declare(name, false);
    }
    if (this.at === before) {
      this.expected('a parameter');
    }
  }

  /** A type name (6.7.6). */
  protected typeName(): void {
    const before = this.at;
    this.specifiers(true);
    const note: DeclaratorNote = { kind: 'declarator', attributes: [], parameters: undefined };
    this.declaratorPart(note, true);
    if (this.at === before) {
      this.expected('a type');
    }
  }

  protected initializer(): void {
    if (this.is(known['{'])) {
      this.deeper(() => this.initializerList());
    } else {
      this.expression({ comma: true });
    }
  }

  /** `{ [designator =] initializer , … }` (6.7.8), with GNU C's `field: value` and ranges. */
  protected initializerList(): void {
    this.emit();
    while (this.at < this.end && !this.is(known['}'])) {
      this.designators();
      this.initializer();
      if (!this.is(known[','])) {
        break;
      }
      this.emit();
    }
    this.expect(known['}']);
  }

  private designators(): void {
    if (this.isName() && this.is(known[':'], this.at + 1)) {
      this.emit('v');
      this.emit();
      return;
    }
    let any = false;
    for (;;) {
      if (this.is(known['.'])) {
        this.emit();
        if (this.isName()) {
          this.emit('v');
        } else {
          this.expected('a member name');
          return;
        }
      } else if (this.is(known['['])) {
        this.emit();
        this.expression();
        if (this.is(known['...'])) {
          this.emit();
          this.expression();
        }
        if (!this.expect(known[']'])) {
          return;
        }
      } else {
        break;
      }
      any = true;
    }
    if (any && this.is(known['='])) {
      this.emit();
    } else if (any) {
      this.emitSynthetic('=');
    }
  }
}

/** What `#pragma pack(bytes)` asks for, as an attribute without a token: `name` is minus the number of bytes. */
function packAttribute(bytes: number): AttributeNote {
  return { name: -bytes, args: [] };
}
