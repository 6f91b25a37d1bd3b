/**
 * Declarations as a skeleton (C99 6.7, 6.9.1). Specifiers are one piece; declarators, initialisers and bodies are passed
 * on for tree-sitter to parse:
 *   declaration  := specifiers [ declarator [ = initializer ] { , … } ] ;
 *   declarator   := { * qualifiers } ( name | ( declarator ) ) { [ size ] | ( parameters ) }
 * Attributes and asm labels are left out of the text and kept in the notes.
 */
import { sentence } from '../sentences/sentence';
import { known } from '../preprocess/atoms';
import { plainWord, startsSpecifiers, wordClass, WordClass } from './keywords';
import { SpecifierRenderer } from './render-specifiers';
import type { DeclaratorNote } from './rendering';

export type DeclarationPlace = 'file' | 'block';

export abstract class DeclarationRenderer extends SpecifierRenderer {
  /** The body of a function: `{ … }`, its parameters in scope. */
  protected abstract functionBody(parameters: readonly number[]): void;

  /** Whether a declaration starts here. */
  protected startsDeclaration(index = this.at): boolean {
    const atom = this.atom(index);
    if (wordClass(atom) === WordClass.extension && index < this.end) {
      return this.startsDeclaration(index + 1);
    }
    if (startsSpecifiers(atom) && index < this.end) {
      return true;
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
      : behind === known[';'] ||
          behind === known['='] ||
          behind === known[','] ||
          behind === known['['] ||
          behind === known['('] ||
          behind === known[')'];
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
        this.definitionRest(note.parameters ?? []);
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
      this.attributesTo([]);
    }
    this.expectSemicolon();
  }

  /**
   * What follows the declarator of a function definition. The declarations of an old-style one are written within braces
   * of ours around the body: tree-sitter's grammar has old-style definitions only for plain return types.
   */
  private definitionRest(parameters: readonly number[]): void {
    if (this.is(known['{'])) {
      this.functionBody(parameters);
      return;
    }
    this.emitSynthetic('{');
    while (this.at < this.end && !this.is(known['{']) && !this.failure) {
      this.declaration('block');
    }
    this.functionBody(parameters);
    this.emitSynthetic('}');
  }

  private startsBody(place: DeclarationPlace, note: DeclaratorNote): boolean {
    if (this.is(known['{'])) {
      return true;
    }
    return place === 'file' && (note.parameters?.length ?? 0) > 0 && this.startsDeclaration();
  }

  protected member(): void {
    const from = this.at;
    this.specifiers();
    if (this.at === from) {
      // Only functions and objects may leave out `int`.
      this.expected(sentence('a-type'));
      return;
    }
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
    if (this.is(known['}'])) {
      // GNU C: the last member needs no semicolon.
      this.emitSynthetic(';');
      return;
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
          notes.forEach((each) => note.attributes.push(each));
          break;
        }
      }
    }
  }

  /**
   * A declarator with a name. `isType` says what the name becomes in the scope; undefined for members, which are in
   * none.
   */
  protected declarator(isType: boolean | undefined): DeclaratorNote {
    const note: DeclaratorNote = { kind: 'declarator', attributes: [], parameters: undefined };
    const name = this.declaratorPart(note, false);
    if (name < 0) {
      this.expected(sentence('a-name'));
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
        this.attributesTo(note.attributes);
      } else {
        return;
      }
    }
  }

  /**
   * Whether `( …` in an abstract declarator opens parameters rather than another declarator; attributes may begin both.
   */
  private startsParameters(index: number): boolean {
    if (wordClass(this.atom(index)) === WordClass.attribute && index < this.end && this.is(known['('], index + 1)) {
      return this.startsParameters(this.matching(index + 1) + 1);
    }
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
        this.attributesTo(note.attributes);
      } else if (value === WordClass.asm && this.at < this.end) {
        const name = this.at++;
        if (this.is(known['('])) {
          note.attributes.push({ name, args: this.argumentFragments(this.at + 1, this.matching(this.at)) });
        }
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
    if (
      this.isName() &&
      !this.startsDeclaration() &&
      (this.is(known[','], this.at + 1) || this.is(known[')'], this.at + 1))
    ) {
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
      this.expected(sentence('a-parameter'));
    }
  }

  /** A type name (6.7.6). */
  protected typeName(): void {
    const before = this.at;
    this.specifiers(true);
    const note: DeclaratorNote = { kind: 'declarator', attributes: [], parameters: undefined };
    this.declaratorPart(note, true);
    if (this.at === before) {
      this.expected(sentence('a-type'));
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
          this.expected(sentence('a-member-name'));
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
