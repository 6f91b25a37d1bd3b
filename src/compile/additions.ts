/**
 * What a program lacks for the functions that take the place of its own.
 *
 * In: diagnostics of a compilation, the replacing C, what is known of other kernels. Out: additions: a member at the end
 * of its struct, a constant, a declaration of the document's own; told as diagnostics, with what lies elsewhere because of
 * them. What the document declares itself comes first, then what other kernels have. The type of a member that is not
 * known follows from its use: compared with or set to `NULL` it is a pointer, used like a number an `int`; what is used in
 * any other way, and a constant that nobody knows, stays an error.
 */
import { valueAt } from '../base/checked-access';
import { sentence } from '../sentences/sentence';
import type { CheckedUnit } from '../semantic/checked';
import type { Diagnostic, MissingName } from '../source/diagnostic';
import type { Addition, KnownConstant, KnownMember, MovedMembers, Replacement } from '../source/replacement';

/** What kernels like the one beneath have. */
export interface KnownNames {
  readonly members: readonly KnownMember[];
  readonly constants: ReadonlyMap<string, KnownConstant>;
}

/** What is missing, each once; `made`: what was added before. */
export function additionsFor(
  diagnostics: readonly Diagnostic[],
  replacement: Replacement,
  known: KnownNames,
  made: readonly Addition[],
): Addition[] {
  const additions = new Map<string, Addition>();
  for (const { missing, span } of diagnostics) {
    const users = missing && span?.file.path === replacement.file.path ? usersAt(span.start, replacement, made) : [];
    const addition =
      missing && span && users.length > 0 ? additionOf(missing, span, users, replacement, known) : undefined;
    if (addition) {
      const key = keyOf(addition);
      const earlier = additions.get(key);
      additions.set(key, earlier ? joined(earlier, addition) : addition);
    }
  }
  return [...additions.values()];
}

/** `made` with what is new in `found`; the same object when nothing is. */
export function withMore(made: readonly Addition[], found: readonly Addition[]): readonly Addition[] {
  const all = new Map(made.map((each) => [keyOf(each), each]));
  let isNew = false;
  for (const each of found) {
    const earlier = all.get(keyOf(each));
    if (!earlier || each.functions.some((name) => !earlier.functions.includes(name))) {
      isNew = true;
      all.set(keyOf(each), earlier ? joined(earlier, each) : each);
    }
  }
  return isNew ? [...all.values()] : made;
}

function keyOf({ kind, record, name }: Addition): string {
  return `${kind === 'function' ? kind : ''} ${record ?? ''}.${name}`;
}

/** The same addition with the users of both, at the first use. */
function joined(a: Addition, b: Addition): Addition {
  const first = b.start < a.start ? b : a;
  return { ...a, start: first.start, end: first.end, functions: [...new Set([...a.functions, ...b.functions])] };
}

/** Functions of the document for which what stands at an offset of it is compiled. */
function usersAt(offset: number, { functions, declarations = [] }: Replacement, made: readonly Addition[]): string[] {
  const covers = ({ start, end }: { readonly start: number; readonly end: number }): boolean =>
    start <= offset && offset < end;
  const user = functions.find(covers)?.name;
  if (user !== undefined) {
    return [user];
  }
  const declaration = declarations.find(covers);
  return made
    .filter(({ kind, name }) => kind === 'declaration' && declaration?.names[0] === name)
    .flatMap((each) => each.functions);
}

function additionOf(
  { name, record }: MissingName,
  { start, end }: { readonly start: number; readonly end: number },
  functions: readonly string[],
  { file, declarations = [] }: Replacement,
  { members, constants }: KnownNames,
): Addition | undefined {
  if (record !== undefined) {
    const fact = members.find((each) => each.record === record && each.name === name);
    const type = fact ? undefined : typeFromUse(file.text.slice(end, end + 40));
    const text = fact?.declaration ?? (type && `${type}${type.endsWith('*') ? '' : ' '}${name};`);
    return text === undefined
      ? undefined
      : { kind: 'member', record, name, text, from: fact?.from, start, end, functions };
  }
  // Of several the last one counts, as of functions.
  const own = declarations.filter(({ names }) => names.includes(name)).pop();
  if (own && !(own.start <= start && start < own.end)) {
    const called = own.names[0] ?? name;
    const at = own.start + Math.max(0, file.text.slice(own.start, own.end).indexOf(called.replace(/^\w+ /, '')));
    const place = { start: at, end: at + called.replace(/^\w+ /, '').length };
    return { kind: 'declaration', name: called, text: '', ...place, functions };
  }
  const fact = constants.get(name);
  return (
    fact && {
      kind: 'constant',
      name,
      parameters: fact.parameters,
      text: fact.value,
      from: fact.from,
      start,
      end,
      functions,
    }
  );
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
        bytes: first ? first.offset - valueAt(offsets, first.name) : 0,
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

/** Each addition told at its place, with what lies elsewhere because of all of them. */
export function tellAdditions(
  { file }: Replacement,
  additions: readonly Addition[],
  moves: readonly MovedMembers[],
): Diagnostic[] {
  const ordered = [...additions].sort((a, b) => a.start - b.start);
  const told: Diagnostic[] = ordered.map((addition) => ({
    code: 'SS7011',
    severity: 'information',
    span: { file, start: addition.start, end: addition.end },
    ...wordsOf(addition),
  }));
  const first = ordered.find(({ kind }) => kind === 'member');
  if (!first) {
    return told;
  }
  for (const { record, first: member, bytes, sizeBefore, sizeAfter } of moves) {
    told.push({
      code: 'SS7011',
      severity: 'information',
      span: { file, start: first.start, end: first.end },
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

function wordsOf({
  kind,
  record = '',
  name,
  parameters = '',
  text,
  from,
  functions,
}: Addition): Pick<Diagnostic, 'message' | 'remedy'> {
  const remedy = from === undefined ? undefined : sentence('linux-from-has-it-like-this', { from });
  switch (kind) {
    case 'member':
      return {
        message: sentence('record-has-no-member-name-in-the-kernel-beneath', { record, name, text }),
        remedy: remedy ?? sentence('its-type-follows-from-its-use-here'),
      };
    case 'constant':
      return {
        message: sentence('the-kernel-beneath-has-no-constant-name-added', { name: `${name}${parameters}`, text }),
        remedy: remedy ?? sentence('it-has-no-effect-in-a-simulated-kernel'),
      };
    case 'declaration':
      return { message: sentence('the-kernel-beneath-has-no-name-the-document-s-is-compiled', { name }) };
    case 'function':
      return {
        message:
          functions.length > 0
            ? sentence('the-kernel-beneath-has-no-function-name-callers-call-it', {
                name,
                callers: functions.join(', '),
              })
            : sentence('the-kernel-beneath-calls-name-and-has-it-nowhere', { name, path: text }),
      };
  }
}
