/**
 * What a program lacks for the functions that take the place of its own.
 *
 * In: diagnostics of a compilation, the replacing C, what is known of other kernels. Out: additions: a member at the end
 * of its struct, or a constant; told as diagnostics, with what lies elsewhere because of them. The type of a member that
 * is not known follows from its use: compared with or set to `NULL` it is a pointer, used like a number an `int`; what is
 * used in any other way stays an error.
 */
import { sentence } from '../sentences/sentence';
import type { CheckedUnit } from '../semantic/checked';
import type { Diagnostic } from '../source/diagnostic';
import type { Addition, KnownMember, MovedMembers, Replacement } from '../source/replacement';

/** What is missing of members, each once; constants are not known, so nothing is added for them. */
export function additionsFor(
  diagnostics: readonly Diagnostic[],
  { file, functions }: Replacement,
  known: readonly KnownMember[],
): Addition[] {
  const additions = new Map<string, Addition>();
  for (const { missing, span } of diagnostics) {
    const record = missing?.record;
    if (record === undefined || !missing || span?.file.path !== file.path) {
      continue;
    }
    const { name } = missing;
    const fact = known.find((each) => each.record === record && each.name === name);
    const type = fact ? undefined : typeFromUse(file.text.slice(span.end, span.end + 40));
    const user = functions.find(({ start, end }) => start <= span.start && span.start < end)?.name;
    const key = `${record}.${name}`;
    const earlier = additions.get(key);
    if ((fact ?? type) === undefined || user === undefined) {
      continue;
    }
    additions.set(key, {
      kind: 'member',
      record,
      name,
      text: fact?.declaration ?? `${type}${type?.endsWith('*') ? '' : ' '}${name};`,
      from: fact?.from,
      start: Math.min(earlier?.start ?? span.start, span.start),
      end: earlier && earlier.start < span.start ? earlier.end : span.end,
      functions: [...new Set([...(earlier?.functions ?? []), user])],
    });
  }
  return [...additions.values()];
}

/** The type of a member by what stands behind it. */
function typeFromUse(behind: string): string | undefined {
  if (/^\s*(=|==|!=)\s*NULL\b/.test(behind)) {
    return 'void *';
  }
  return /^\s*(->|\.|\[|\()/.test(behind) ? undefined : 'int';
}

/** Members that lie elsewhere in `after` than in `before`, and records that grew. */
export function movedMembers(before: readonly CheckedUnit[], after: readonly CheckedUnit[]): MovedMembers[] {
  const old = recordsOf(before);
  const moves: MovedMembers[] = [];
  for (const [record, { size, fields }] of recordsOf(after)) {
    const earlier = old.get(record);
    if (!earlier) {
      continue;
    }
    const offsets = new Map(earlier.fields.map(({ name, offset }) => [name, offset]));
    const moved = fields.filter(({ name, offset }) => (offsets.get(name) ?? offset) !== offset);
    if (moved.length > 0 || size !== earlier.size) {
      const [first] = moved;
      moves.push({
        record,
        first: first?.name,
        count: moved.length,
        bytes: first ? first.offset - offsets.get(first.name)! : 0,
        sizeBefore: earlier.size,
        sizeAfter: size,
      });
    }
  }
  return moves;
}

interface Layout {
  readonly size: number;
  readonly fields: readonly { readonly name: string; readonly offset: number }[];
}

function recordsOf(units: readonly CheckedUnit[]): Map<string, Layout> {
  const records = new Map<string, Layout>();
  for (const { scope } of units) {
    for (const [key, type] of scope.tags) {
      if (type.kind === 'record' && type.complete && !records.has(key)) {
        const fields = type.fields.flatMap(({ name, offset }) => (name === undefined ? [] : [{ name, offset }]));
        records.set(key, { size: type.size, fields });
      }
    }
  }
  return records;
}

/** Each addition told at its first use, with what lies elsewhere because of all of them. */
export function tellAdditions(
  { file }: Replacement,
  additions: readonly Addition[],
  moves: readonly MovedMembers[],
): Diagnostic[] {
  const told: Diagnostic[] = additions.map(({ record, name, text, from, start, end }) => ({
    code: 'SS7011',
    severity: 'information',
    span: { file, start, end },
    message: sentence('record-has-no-member-name-in-the-kernel-beneath', { record: record ?? '', name, text }),
    remedy:
      from === undefined
        ? sentence('its-type-follows-from-its-use-here')
        : sentence('linux-from-has-it-like-this', { from }),
  }));
  const [first] = additions;
  for (const { record, first: member, bytes, sizeBefore, sizeAfter } of first ? moves : []) {
    told.push({
      code: 'SS7011',
      severity: 'information',
      span: { file, start: first!.start, end: first!.end },
      message:
        member === undefined
          ? sentence('record-grows-from-size-before-to-size-after-bytes-by', { record, sizeBefore, sizeAfter })
          : sentence('record-grows-from-size-before-to-size-after-bytes-by-2', {
              record,
              sizeBefore,
              sizeAfter,
              member,
              bytes,
            }),
    });
  }
  return told;
}
