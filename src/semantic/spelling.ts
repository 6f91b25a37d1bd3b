/**
 * How types are shown to people.
 *
 * In: a type, or a type as it was written. Out: text such as `struct proto *`, `int (*)(struct sock *, int)`,
 * `volatile unsigned char`, `u8 [0]`. Typedef names stay as written; basic types get their canonical name
 * (`unsigned long` for `long unsigned int`). Untagged records are `struct {...}`.
 *
 * Algorithm: C declarators inside out. A type is spelled around an inner text (`*`, `(*)`, ` [4]`, `(int)`) that grows
 * as pointers, arrays and functions are peeled off, until a type with a name is reached and put in front.
 */
import type { TypeSyntax } from '../parse/ast';
import type { CType } from './ctype';
import { qualifierBits, spellQualifiers } from './qualifiers';

/** Levels of pointers, arrays and parameters that are written out; deeper ones are shown as `...`. */
const maximumDepth = 64;

/** Spells a type that nobody wrote, with the qualifiers it has (bits of `qualifiers.ts`). */
export function spellType(type: CType, qualifiers = 0): string {
  return around(type, qualifiers, '', 0);
}

function around(type: CType, qualifiers: number, inner: string, depth: number): string {
  if (depth > maximumDepth) {
    return '...';
  }
  switch (type.kind) {
    case 'void':
      return named('void', qualifiers, inner);
    case 'integer':
    case 'floating':
      return named(type.name, qualifiers, inner);
    case 'record':
      return named(`${type.tag} ${type.name ?? '{...}'}`, qualifiers, inner);
    case 'enum':
      return named(`enum ${type.name ?? '{...}'}`, qualifiers, inner);
    case 'pointer':
      return around(type.to, type.qualifiers ?? 0, starred(type.to, qualifiers, inner), depth + 1);
    case 'array':
      return around(type.of, qualifiers, `${inner}[${type.length ?? ''}]`, depth + 1);
    case 'function': {
      const parameters = type.parameters.map((parameter) => around(parameter, 0, '', depth + 1));
      return around(
        type.returns,
        0,
        `${inner}(${parameterList(parameters, type.variadic, type.prototype)})`,
        depth + 1,
      );
    }
  }
}

/** Spells a type as it was written; `type` is what it resolved to (it tells array lengths). */
export function spellSyntax(syntax: TypeSyntax, type: CType): string {
  return written(syntax, type, '', 0);
}

function written(syntax: TypeSyntax, type: CType, inner: string, depth: number): string {
  if (depth > maximumDepth) {
    return '...';
  }
  const qualifiers = qualifierBits(syntax.qualifiers);
  switch (syntax.kind) {
    case 'named':
      return named(syntax.name, qualifiers, inner);
    case 'record':
      return named(`${syntax.tag} ${syntax.name ?? '{...}'}`, qualifiers, inner);
    case 'enum':
      return named(`enum ${syntax.name ?? '{...}'}`, qualifiers, inner);
    case 'pointer':
      return type.kind === 'pointer'
        ? written(syntax.to, type.to, starred(type.to, qualifiers, inner), depth + 1)
        : around(type, qualifiers, inner, depth);
    case 'array':
      if (type.kind === 'pointer') {
        // A parameter: the array was adjusted to a pointer.
        return written(syntax.of, type.to, starred(type.to, qualifiers, inner), depth + 1);
      }
      return type.kind === 'array'
        ? written(syntax.of, type.of, `${inner}[${type.length ?? ''}]`, depth + 1)
        : around(type, qualifiers, inner, depth);
    case 'function': {
      const called = type.kind === 'pointer' ? type.to : type;
      if (called.kind !== 'function') {
        return around(type, qualifiers, inner, depth);
      }
      const parameters = called.parameters.map((parameter, index) => {
        const declared = syntax.parameters[index];
        return declared ? written(declared.type, parameter, '', depth + 1) : around(parameter, 0, '', depth + 1);
      });
      const shape = type.kind === 'pointer' ? starred(called, 0, inner) : inner;
      return written(
        syntax.returns,
        called.returns,
        `${shape}(${parameterList(parameters, called.variadic, called.prototype)})`,
        depth + 1,
      );
    }
    default:
      return around(type, qualifiers, inner, depth);
  }
}

/** `*` in front of the inner text, in parentheses where an array or a function follows. */
function starred(to: CType, qualifiers: number, inner: string): string {
  const words = spellQualifiers(qualifiers);
  const star = words ? `*${words}${inner ? ' ' : ''}${inner}` : `*${inner}`;
  return to.kind === 'array' || to.kind === 'function' ? `(${star})` : star;
}

function named(name: string, qualifiers: number, inner: string): string {
  const words = spellQualifiers(qualifiers);
  const base = words ? `${words} ${name}` : name;
  return inner ? `${base} ${inner}` : base;
}

function parameterList(parameters: readonly string[], variadic: boolean, prototype: boolean): string {
  if (variadic) {
    return [...parameters, '...'].join(', ');
  }
  return parameters.length === 0 && prototype ? 'void' : parameters.join(', ');
}
