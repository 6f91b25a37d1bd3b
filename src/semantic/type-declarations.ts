/**
 * The parts of a declaration that are the same at file scope and in blocks: typedefs and declarations of tags alone.
 */
import type { Declaration, Declarator } from '../parse/ast';
import { readAttributes } from './attributes';
import { compatible } from './compatibility';
import type { Context, Resolved } from './context';
import type { CType } from './ctype';
import { declareTag } from './records';
import { spellSyntax, spellType } from './spelling';
import { charType, intType, longLongType, longType, shortType, signedCharType, toUnsigned } from './types';

/** `struct s { … };`, `struct s;`, `enum { … };`: no name is declared but the tag. */
export function declareTagsOnly(context: Context, { base }: Declaration): void {
  const bare = base.kind === 'record' && !base.members && base.name !== undefined;
  if (bare && !context.scope.tags.has(base.name)) {
    declareTag(context, base);
  } else {
    context.checker.resolve(context, base);
  }
}

/** `typedef … name`. */
export function declareTypedef(context: Context, declarator: Declarator): void {
  const { name } = declarator;
  if (name === undefined) {
    return;
  }
  const resolved = resolveDeclarator(context, declarator);
  const present = context.scope.names.get(name);
  const span = declarator.nameSpan;
  if (!resolved) {
    context.scope.names.set(name, { kind: 'unusable', message: `type '${name}' could not be understood`, span });
    return;
  }
  if (present && present.kind !== 'unusable' && !(present.kind === 'typedef' && compatible(present.type, resolved.type))) {
    context.reporter.error('SS3005', span, `'${name}' is declared already as something else`, 'use another name');
    return;
  }
  const spelling = spellSyntax(declarator.type, resolved.type);
  context.scope.names.set(name, { kind: 'typedef', type: resolved.type, qualifiers: resolved.qualifiers, align: resolved.align, spelling, span });
}

/** A declarator's type with the effect of its attributes on it: `aligned` and `mode`. */
export function resolveDeclarator(context: Context, declarator: Declarator): Resolved | undefined {
  const resolved = context.checker.resolve(context, declarator.type);
  if (!resolved || declarator.attributes.length === 0) {
    return resolved;
  }
  const { align, mode } = readAttributes(context, declarator.attributes);
  const type = mode === undefined ? resolved.type : (withMode(resolved.type, mode) ?? resolved.type);
  if (mode !== undefined && type === resolved.type && !withMode(type, mode)) {
    context.reporter.error('SS3008', declarator.span, `mode ${mode} is not supported for '${spellType(type)}'`, 'use QI, HI, SI or DI with an integer type');
  }
  return align === undefined && resolved.align === undefined ? { ...resolved, type } : { ...resolved, type, align: Math.max(align ?? 1, resolved.align ?? 1) };
}

/** `mode(DI)` and the like choose an integer type by width. */
function withMode(type: CType, mode: string): CType | undefined {
  const widths: Readonly<Record<string, CType | undefined>> = { QI: signedCharType, byte: signedCharType, HI: shortType, SI: intType, word: longType, pointer: longType, DI: longLongType };
  const wanted = Object.hasOwn(widths, mode) ? widths[mode] : undefined;
  if (type.kind !== 'integer' || wanted?.kind !== 'integer') {
    return undefined;
  }
  return type.signed || type === charType ? wanted : toUnsigned(wanted);
}
