/**
 * The walk over an initialiser (C99 6.7.8): which value goes to which subobject.
 *
 * In: a type and an initialiser with braces, brace elision, designators (`.a.b[2] =`, GNU's `a: v` and `[1 ... 3] = v`).
 * Out: a flat list of entries in order, later ones overriding earlier ones, and the length that `T a[]` thereby gets.
 *
 * Algorithm: a cursor over the items of one brace pair. An aggregate without braces of its own takes items from the
 * cursor of the enclosing pair until it is full or a designator appears, which belongs to the pair. A designated path
 * enters aggregates on its way as if they had no braces, so that the items after it continue behind the designated
 * subobject.
 */
import { itemAt } from '../base/checked-access';
import { sentence, type Words } from '../sentences/sentence';
import type { Designator, Expr, ExprOf, Initializer, InitializerItem } from '../parse/ast';
import type { Span } from '../source/source-file';
import type { Value } from './checked';
import { compatible } from './compatibility';
import { tooDeepMessage, type Context } from './context';
import { assignable } from './conversions';
import type { ArrayType, CType, Field, RecordType } from './ctype';
import { integerConstant } from './integer-constants';
import { findMember, valueOf } from './places';
import { spellType } from './spelling';
import { isCharacterArray, isComplete, sizeOf, wideCharType } from './types';

/** One piece of the object. Strings fill a character array; all else is a converted value. */
export type Entry =
  | {
      readonly kind: 'value';
      readonly offset: number;
      readonly type: CType;
      readonly field: Field | undefined;
      readonly value: Value;
    }
  | { readonly kind: 'string'; readonly offset: number; readonly type: ArrayType; readonly literal: ExprOf<'string'> };

export interface Walked {
  readonly entries: readonly Entry[];
  /** Completed type. */
  readonly type: CType;
  /** Bytes of the object; more than `sizeof` when a flexible array member was initialised. */
  readonly size: number;
}

/** Entries of one object; range designators multiply them. */
const maximumEntries = 1_000_000;

/** Moves on to the next item. */
function advance(cursor: Cursor): void {
  cursor.at++;
  cursor.checked = undefined;
  cursor.designated = false;
}

/** Walks the initialiser of an object of `type`. What is broken is reported and left out. */
export function walkInitializer(context: Context, type: CType, initializer: Initializer): Walked {
  const walk = new Walk(context);
  const length = walk.object(type, 0, undefined, initializer);
  const completed =
    type.kind === 'array' && type.length === undefined && length !== undefined
      ? context.types.array(type.of, length)
      : type;
  return { entries: walk.entries, type: completed, size: Math.max(sizeOf(completed), walk.end) };
}

/** Position in the items of one brace pair. */
interface Cursor {
  readonly items: readonly InitializerItem[];
  at: number;
  /** Value of the item at hand, when it had to be checked to see whether it fits as a whole. */
  checked: Value | undefined;
  /** The designators of the item at hand have led here: its value is positional from now on. */
  designated: boolean;
}

function cursorOver(items: readonly InitializerItem[]): Cursor {
  return { items, at: 0, checked: undefined, designated: false };
}

class Walk {
  readonly entries: Entry[] = [];
  /** One past the last byte that an entry covers. */
  end = 0;
  private overflowed = false;

  constructor(private readonly context: Context) {}

  /** Initialises a whole subobject; gives the number of elements for an array. */
  object(type: CType, offset: number, field: Field | undefined, initializer: Initializer): number | undefined {
    if (initializer.kind === 'list') {
      return this.braced(type, offset, field, initializer);
    }
    const cursor = cursorOver([{ designators: [], value: initializer }]);
    if (type.kind === 'array') {
      return this.arrayFromExpression(type, offset, initializer.value);
    }
    if (type.kind === 'record') {
      this.recordFromExpression(type, offset, initializer.value);
      return undefined;
    }
    this.scalar(type, offset, field, cursor);
    return undefined;
  }

  private arrayFromExpression(type: ArrayType, offset: number, expr: Expr): number | undefined {
    if (expr.kind === 'string' && this.takesString(type, expr)) {
      return this.string(type, offset, expr);
    }
    if (expr.kind === 'compound-literal') {
      // GNU C: an array may be initialised from a compound literal.
      return this.object(type, offset, undefined, expr.initializer);
    }
    this.fail(
      expr.span,
      sentence('an-array-of-type-type-needs-a-list-in-braces', { type: spellType(type) }),
      sentence('put-braces-around-the-values'),
    );
    return undefined;
  }

  private recordFromExpression(type: RecordType, offset: number, expr: Expr): void {
    if (expr.kind === 'compound-literal' && this.context.staticData) {
      const literal = this.context.checker.resolve(this.context, expr.type)?.type;
      if (literal === type) {
        this.object(type, offset, undefined, expr.initializer);
        return;
      }
    }
    this.add({
      kind: 'value',
      offset,
      type,
      field: undefined,
      value: assignable(this.context, valueOf(this.context, expr), type, expr.span, sentence('initialisation')),
    });
  }

  /** `{ … }` for a subobject of its own. */
  private braced(
    type: CType,
    offset: number,
    field: Field | undefined,
    list: Extract<Initializer, { kind: 'list' }>,
  ): number | undefined {
    if (!this.context.enter(list.span)) {
      this.fail(list.span, tooDeepMessage, sentence('split-the-initialiser'));
      return undefined;
    }
    try {
      const cursor = cursorOver(list.items);
      const only = list.items[0];
      if (
        type.kind === 'array' &&
        list.items.length === 1 &&
        only?.value.kind === 'expression' &&
        only.designators.length === 0 &&
        only.value.value.kind === 'string' &&
        this.takesString(type, only.value.value)
      ) {
        return this.string(type, offset, only.value.value);
      }
      if (type.kind !== 'array' && type.kind !== 'record') {
        return this.bracedScalar(type, offset, field, cursor);
      }
      const length = this.aggregate(type, offset, cursor, true, []);
      this.excess(cursor);
      return length;
    } finally {
      this.context.leave();
    }
  }

  private bracedScalar(type: CType, offset: number, field: Field | undefined, cursor: Cursor): undefined {
    const item = cursor.items[0];
    if (item?.value.kind === 'list') {
      this.object(type, offset, field, item.value);
      advance(cursor);
    } else if (item) {
      this.scalar(type, offset, field, cursor);
    }
    this.excess(cursor);
  }

  private excess(cursor: Cursor): void {
    const item = cursor.items[cursor.at];
    if (item) {
      const excess = sentence('more-values-than-the-object-has-room-for');
      this.context.reporter.warn(item.value.span, excess, sentence('remove-the-rest'));
    }
  }

  /**
   * Fills a record or array from the cursor. `braced`: the cursor is its own, so designators are for it. `path`:
   * designators that remain of an item which led here. Gives the number of elements for an array.
   */
  private aggregate(
    type: ArrayType | RecordType,
    offset: number,
    cursor: Cursor,
    braced: boolean,
    path: readonly Designator[],
  ): number | undefined {
    const item = cursor.items[cursor.at];
    if (!item) {
      return 0;
    }
    if (!this.context.enter(item.value.span)) {
      cursor.at = cursor.items.length;
      return undefined;
    }
    try {
      return type.kind === 'array'
        ? this.array(type, offset, cursor, braced, path)
        : this.record(type, offset, cursor, braced, path);
    } finally {
      this.context.leave();
    }
  }

  private array(type: ArrayType, offset: number, cursor: Cursor, braced: boolean, path: readonly Designator[]): number {
    const size = sizeOf(type.of);
    // An array at the end of a record may be open; it then grows with what it is given.
    const limit = type.length ? type.length : braced || path.length > 0 ? Infinity : 0;
    let next = 0;
    let length = 0;
    let pending = path;
    while (cursor.at < cursor.items.length && !this.overflowed) {
      const designators = pending.length > 0 ? pending : this.designatorsHere(cursor, braced);
      if (!designators) {
        break;
      }
      pending = [];
      let last = next;
      if (designators.length > 0) {
        const range = this.elements(itemAt(designators, 0), limit);
        if (!range) {
          advance(cursor);
          continue;
        }
        [next, last] = range;
      }
      if (next >= limit) {
        break;
      }
      const from = this.entries.length;
      const before = cursor.at;
      this.subobject(type.of, offset + next * size, undefined, cursor, designators.slice(1));
      this.repeat(from, size, last - next);
      next = last + 1;
      length = Math.max(length, next);
      if (cursor.at === before) {
        if (designators.length === 0) {
          break;
        }
        advance(cursor);
      }
    }
    this.end = Math.max(this.end, type.length === undefined ? offset + length * size : 0);
    return length;
  }

  /** Designators of the item at hand that start at this level; undefined when they are for the enclosing braces. */
  private designatorsHere(cursor: Cursor, braced: boolean): readonly Designator[] | undefined {
    const { designators } = itemAt(cursor.items, cursor.at);
    if (designators.length === 0 || cursor.designated) {
      return [];
    }
    if (!braced) {
      return undefined;
    }
    cursor.designated = true;
    return designators;
  }

  /** Copies the entries since `from` for the further elements of a range designator. */
  private repeat(from: number, size: number, times: number): void {
    const made = this.entries.slice(from);
    if (times > 0 && made.length * times + this.entries.length > maximumEntries) {
      this.overflowed = true;
      const first = itemAt(made, 0);
      this.fail(
        first.kind === 'value' ? first.value.span : first.literal.span,
        sentence('the-initialiser-has-too-many-elements'),
        sentence('use-a-loop-at-run-time'),
      );
      return;
    }
    for (let i = 1; i <= times; i++) {
      for (const entry of made) {
        this.add({ ...entry, offset: entry.offset + i * size });
      }
    }
  }

  private elements(designator: Designator, limit: number): readonly [number, number] | undefined {
    if (designator.kind !== 'index') {
      const message = sentence('designator-names-a-member-but-this-is-an-array', { designator: designator.name });
      this.fail(designator.span, message, sentence('write-index'));
      return undefined;
    }
    const first = integerConstant(this.context, designator.index, sentence('an-array-index'))?.value;
    const last = designator.last
      ? integerConstant(this.context, designator.last, sentence('an-array-index'))?.value
      : first;
    if (first === undefined || last === undefined) {
      return undefined;
    }
    if (first < 0n || last < first || last >= BigInt(Math.min(limit, 0x7fffffff))) {
      const shown = last < first ? `${first} ... ${last}` : String(last);
      const message = sentence('index-first-is-outside-of-the-array', { first: shown });
      this.fail(designator.span, message, sentence('use-an-index-below-its-length'));
      return undefined;
    }
    return [Number(first), Number(last)];
  }

  private record(
    type: RecordType,
    offset: number,
    cursor: Cursor,
    braced: boolean,
    path: readonly Designator[],
  ): undefined {
    const fields = type.fields;
    let next = 0;
    let pending = path;
    while (cursor.at < cursor.items.length && !this.overflowed) {
      const designators = pending.length > 0 ? pending : this.designatorsHere(cursor, braced);
      if (!designators) {
        break;
      }
      pending = [];
      let rest: readonly Designator[] = [];
      if (designators.length > 0) {
        const found = this.memberOf(type, itemAt(designators, 0));
        if (!found) {
          advance(cursor);
          continue;
        }
        next = fields.indexOf(itemAt(found, 0));
        // Through anonymous members: the name is looked up again one level down.
        rest = found.length > 1 ? designators : designators.slice(1);
      } else {
        while (fields[next] && itemAt(fields, next).name === undefined && itemAt(fields, next).bitSize !== undefined) {
          next++;
        }
      }
      const field = fields[next];
      if (!field || (type.tag === 'union' && next > 0 && designators.length === 0)) {
        break;
      }
      const before = cursor.at;
      this.subobject(field.type, offset + field.offset, field, cursor, rest);
      if (cursor.at === before && designators.length > 0) {
        // Nothing in the designated member can hold a value.
        advance(cursor);
      }
      next = type.tag === 'union' ? fields.length : next + 1;
    }
    return undefined;
  }

  private memberOf(type: RecordType, designator: Designator): readonly Field[] | undefined {
    const path = designator.kind === 'field' ? findMember(type, designator.name) : undefined;
    if (!path) {
      const message =
        designator.kind === 'field'
          ? sentence('type-has-no-member-designator', { type: spellType(type), designator: designator.name })
          : sentence('type-is-no-array', { type: spellType(type) });
      this.context.reporter.error(
        designator.kind === 'field' ? 'SS3006' : 'SS3007',
        designator.span,
        message,
        sentence('name-one-of-its-members'),
      );
    }
    return path;
  }

  /** The item at the cursor (and, without braces, as many as it takes) for one member or element. */
  private subobject(
    type: CType,
    offset: number,
    field: Field | undefined,
    cursor: Cursor,
    path: readonly Designator[],
  ): void {
    const item = itemAt(cursor.items, cursor.at);
    if (path.length > 0) {
      if (type.kind === 'array' || type.kind === 'record') {
        this.aggregate(type, offset, cursor, false, path);
      } else {
        const message = sentence('type-has-no-parts', { type: spellType(type) });
        this.fail(itemAt(path, 0).span, message, sentence('remove-the-designator'));
        advance(cursor);
      }
      return;
    }
    if (item.value.kind === 'list') {
      advance(cursor);
      this.object(type, offset, field, item.value);
      return;
    }
    const expr = item.value.value;
    if (type.kind === 'array') {
      if (expr.kind === 'string' && this.takesString(type, expr)) {
        advance(cursor);
        this.string(type, offset, expr);
      } else if (sizeOf(type.of) === 0 || type.length === 0) {
        advance(cursor);
        const message = sentence('a-value-for-an-array-without-room');
        this.context.reporter.warn(expr.span, message, sentence('put-it-in-braces'));
      } else {
        this.aggregate(type, offset, cursor, false, []);
      }
      return;
    }
    if (type.kind === 'record') {
      this.recordItem(type, offset, cursor, expr);
      return;
    }
    this.scalar(type, offset, field, cursor);
  }

  private recordItem(type: RecordType, offset: number, cursor: Cursor, expr: Expr): void {
    if (expr.kind === 'compound-literal' && this.context.staticData) {
      advance(cursor);
      this.recordFromExpression(type, offset, expr);
      return;
    }
    if (type.fields.length > 0 && expr.kind === 'string') {
      // It fills a character array within the record, which then takes it without its becoming an object.
      this.aggregate(type, offset, cursor, false, []);
      return;
    }
    const value = (cursor.checked ??= valueOf(this.context, expr));
    if (value.type.kind === 'record' && compatible(value.type, type)) {
      advance(cursor);
      this.add({ kind: 'value', offset, type, field: undefined, value });
    } else if (type.fields.length === 0) {
      // Nothing in it can take the value: it is for what follows.
      return;
    } else {
      this.aggregate(type, offset, cursor, false, []);
    }
  }

  private scalar(type: CType, offset: number, field: Field | undefined, cursor: Cursor): void {
    const item = itemAt(cursor.items, cursor.at);
    if (item.value.kind !== 'expression') {
      advance(cursor);
      return;
    }
    const value = cursor.checked ?? valueOf(this.context, item.value.value);
    advance(cursor);
    if (!isComplete(type)) {
      const message = sentence('an-object-of-the-incomplete-type-type-cannot-be', { type: spellType(type) });
      this.fail(item.value.span, message, sentence('define-the-type-first'));
      return;
    }
    this.add({
      kind: 'value',
      offset,
      type,
      field: field?.bitSize === undefined ? undefined : field,
      value: assignable(this.context, value, type, item.value.span, sentence('initialisation')),
    });
  }

  /** Whether a string literal fills the array (and is not a pointer for its first element). */
  private takesString(type: ArrayType, expr: ExprOf<'string'>): boolean {
    return expr.units
      ? type.of === wideCharType || (type.of.kind === 'integer' && type.of.size === 4)
      : isCharacterArray(type);
  }

  private string(type: ArrayType, offset: number, literal: ExprOf<'string'>): number {
    const count = (literal.units ?? literal.bytes).length;
    const length = type.length ?? count + 1;
    if (count > length) {
      const message = sentence('the-string-is-longer-than-the-length-elements-of-the', { length });
      this.context.reporter.warn(literal.span, message, sentence('make-the-array-longer'));
    }
    this.add({ kind: 'string', offset, type: this.context.types.array(type.of, length), literal });
    return length;
  }

  private add(entry: Entry): void {
    if (this.entries.length >= maximumEntries) {
      this.overflowed = true;
      return;
    }
    this.entries.push(entry);
    this.end = Math.max(this.end, entry.offset + sizeOf(entry.type));
  }

  private fail(span: Span, message: Words, remedy: Words): void {
    this.context.reporter.error('SS3007', span, message, remedy);
  }
}
