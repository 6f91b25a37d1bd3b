/**
 * What the arguments of each request must look like, so that a client's mistake is told as one.
 *
 * In: a shape (`request-table.ts` has that of each request) and arguments as they came from the wire. Out: the first field
 * that is missing or of the wrong kind, with what it should be. Fields that are not listed are the client's own affair.
 */

type Kind = 'integer' | 'natural' | 'string' | 'boolean' | 'object';
/** A kind, with `?` where the field may be missing; one of some words, or missing; members of an object; elements of an array. */
export type Field =
  | Kind
  | `${Kind}?`
  | { readonly oneOf: readonly string[] }
  | { readonly members: Shape; readonly optional?: true }
  | { readonly each: Shape | Kind; readonly optional?: true };
export type Shape = Readonly<Record<string, Field>>;

/** A field that is not as it must be. */
export interface Mismatch {
  /** `breakpoints[2].line`. */
  readonly field: string;
  readonly expected: string;
}

/** The first mismatch; undefined when the arguments will do. */
export function mismatch(shape: Shape, args: unknown): Mismatch | undefined {
  return isObject(args) ? misfit(shape, args, '') : { field: 'arguments', expected: 'object' };
}

/** Arguments that fit, without the fields that may be missing and are null: they are missing. */
export function withoutNulls(shape: Shape, args: unknown): unknown {
  if (!isObject(args) || !mayHoldNulls(shape, args)) {
    return args;
  }
  const kept = Object.entries(args)
    .filter(([name, value]) => value !== null || !Object.hasOwn(shape, name))
    .map(([name, value]): [string, unknown] => {
      const field = Object.hasOwn(shape, name) ? shape[name] : undefined;
      if (typeof field !== 'object' || 'oneOf' in field) {
        return [name, value];
      }
      if ('members' in field) {
        return [name, withoutNulls(field.members, value)];
      }
      const { each } = field;
      const isList = Array.isArray(value) && typeof each === 'object';
      return [name, isList ? value.map((element) => withoutNulls(each, element)) : value];
    });
  return Object.fromEntries(kept);
}

/** Whether a field of the arguments is null, or may have one in it: seldom. */
function mayHoldNulls(shape: Shape, args: object): boolean {
  return Object.entries(args).some(
    ([name, value]) => Object.hasOwn(shape, name) && (value === null || typeof shape[name] === 'object'),
  );
}

function misfit(shape: Shape, value: object, prefix: string): Mismatch | undefined {
  for (const [name, field] of Object.entries(shape)) {
    const given: unknown = Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
    const wrong = misfitOf(field, given, `${prefix}${name}`);
    if (wrong) {
      return wrong;
    }
  }
  return undefined;
}

function misfitOf(field: Field, given: unknown, name: string): Mismatch | undefined {
  if (typeof field === 'string') {
    const mayMiss = field.endsWith('?');
    const kind = (mayMiss ? field.slice(0, -1) : field) as Kind;
    return (mayMiss && (given === undefined || given === null)) || isOfKind(given, kind)
      ? undefined
      : { field: name, expected: kind };
  }
  if ('oneOf' in field) {
    const isOne = given === undefined || given === null || field.oneOf.some((word) => word === given);
    return isOne ? undefined : { field: name, expected: field.oneOf.map((word) => `"${word}"`).join(' | ') };
  }
  if ('members' in field) {
    if (field.optional && (given === undefined || given === null)) {
      return undefined;
    }
    return isObject(given) ? misfit(field.members, given, `${name}.`) : { field: name, expected: 'object' };
  }
  if (field.optional && (given === undefined || given === null)) {
    return undefined;
  }
  if (!Array.isArray(given)) {
    return { field: name, expected: 'array' };
  }
  const { each } = field;
  for (const [index, element] of given.entries()) {
    const at = `${name}[${index}]`;
    const wrong =
      typeof each === 'string'
        ? misfitOf(each, element, at)
        : isObject(element)
          ? misfit(each, element, `${at}.`)
          : { field: at, expected: 'object' };
    if (wrong) {
      return wrong;
    }
  }
  return undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isOfKind(value: unknown, kind: Kind): boolean {
  switch (kind) {
    case 'integer':
      return Number.isSafeInteger(value);
    case 'natural':
      return Number.isSafeInteger(value) && (value as number) >= 0;
    case 'object':
      return isObject(value);
    default:
      return typeof value === kind;
  }
}
