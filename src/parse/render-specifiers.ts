/**
 * Declaration specifiers as a skeleton (C99 6.7.1 to 6.7.4). They are understood here: in whatever order they stand,
 * they become one piece `int`, or the body of a struct, union or enum, with a note that says what they mean.
 */
import { sentence } from '../sentences/sentence';
import { known } from '../preprocess/atoms';
import { plainWord, wordClass, WordClass } from './keywords';
import { ExpressionRenderer } from './render-expression';
import { packAt, type AttributeNote, type SpecifiersNote } from './rendering';

/** Specifiers of which none was read yet; `at` is the token where they begin. */
function noSpecifiers(at: number): SpecifiersNote {
  return {
    kind: 'specifiers',
    storage: undefined,
    inline: false,
    const: false,
    volatile: false,
    restrict: false,
    words: [],
    named: -1,
    typeof: undefined,
    tagged: false,
    attributes: [],
    tagAttributes: [],
    first: at,
    last: at,
  };
}

export abstract class SpecifierRenderer extends ExpressionRenderer {
  /** One declaration within a struct or union. */
  protected abstract member(): void;

  /**
   * Declaration specifiers (6.7), in any order; always writes one piece. `anyName`: a name here is the type even if it
   * is not known as one.
   */
  protected specifiers(anyName = false): SpecifiersNote {
    const note = noSpecifiers(this.at);
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
        this.attributesTo(note.attributes);
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
    const attributes = (): void => this.attributesTo(note.tagAttributes);
    attributes();
    const named = this.isName();
    if (named) {
      this.emit('v');
      // Without a body, what stands behind the tag belongs to the names declared.
      this.attributesTo(note.attributes);
    }
    if (!this.is(known['{'])) {
      if (!named) {
        this.expected(sentence('a-tag-or'));
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

  private enum(note: SpecifiersNote): void {
    this.emit();
    this.attributesTo(note.tagAttributes);
    const named = this.isName();
    if (named) {
      this.emit('v');
    }
    if (!this.is(known['{'])) {
      if (!named) {
        this.expected(sentence('a-tag-or'));
      }
      return;
    }
    this.emit();
    while (this.at < this.end && !this.is(known['}'])) {
      if (!this.isName()) {
        this.expected(sentence('the-name-of-an-enumerator'));
        break;
      }
      const name = this.atom();
      this.emit('v');
      this.attributesTo([]);
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
    this.attributesTo(note.tagAttributes);
  }
}

/** What `#pragma pack(bytes)` asks for, as an attribute without a token: `name` is minus the number of bytes. */
function packAttribute(bytes: number): AttributeNote {
  return { name: -bytes, args: [] };
}
