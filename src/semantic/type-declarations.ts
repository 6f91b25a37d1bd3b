/**
 * The parts of a declaration that are the same at file scope and in blocks: typedefs and declarations of tags alone.
 */
import { sentence } from '../sentences/sentence';
import type { Declaration, Declarator, Node } from '../parse/ast';
import { readAttributes } from './attributes';
import { compatible } from './compatibility';
import type { Context, Resolved } from './context';
import type { CType } from './ctype';
import { declareTag } from './records';
import type { Entity } from './scope';
import { spellSyntax, spellType } from './spelling';
import { charType, intType, longLongType, longType, shortType, signedCharType, toUnsigned } from './types';

/**
 * Resolves something at file scope, once for all units that share declarations. `item` is the syntax it stands in;
 * `work` gives undefined when it failed, and must depend on nothing but the file scope.
 */
export function resolveShared<T>(context: Context, item: Node, work: () => T): T {
  const { memo, fileScope, completed, reporter, path } = context.unit;
  if (!memo || context.scope !== fileScope || item.span.file.path === path) {
    return work();
  }
  const known = memo.recall<T>(item, fileScope, completed);
  if (known) {
    return known.result;
  }
  const { reports } = reporter;
  const { result, recording } = fileScope.record(work);
  if (result !== undefined && reporter.reports === reports && !context.unit.conflict) {
    memo.keep(item, recording, result);
  }
  return result;
}

/**
 * Whether each declarator of a declaration can be resolved without the others: the first of several must not be what
 * defines a type for the rest.
 */
export function independent({ declarators, base }: Declaration): boolean {
  return declarators.length === 1 || base.kind === 'basic' || base.kind === 'named';
}

/** `struct s { … };`, `struct s;`, `enum { … };`: no name is declared but the tag. */
export function declareTagsOnly(context: Context, declaration: Declaration): void {
  const { base } = declaration;
  resolveShared(context, declaration, () => {
    const bare = base.kind === 'record' && !base.members && base.name !== undefined;
    return bare && !context.scope.findTagHere(base.name)
      ? declareTag(context, base)
      : context.checker.resolve(context, base);
  });
}

/** `typedef … name`; `shareable` when other units may use the resolution again. */
export function declareTypedef(context: Context, declarator: Declarator, shareable: boolean): void {
  const { name } = declarator;
  if (name === undefined) {
    return;
  }
  const resolve = (): Entity | undefined => typedefEntity(context, declarator);
  const entity = shareable ? resolveShared(context, declarator, resolve) : resolve();
  const present = context.scope.findHere(name);
  const span = declarator.nameSpan;
  if (entity?.kind !== 'typedef') {
    context.scope.declare(name, {
      kind: 'unusable',
      message: sentence('type-could-not-be-understood', { name }),
      span,
    });
    return;
  }
  if (
    present &&
    present.kind !== 'unusable' &&
    !(present.kind === 'typedef' && compatible(present.type, entity.type))
  ) {
    context.reporter.error(
      'SS3005',
      span,
      sentence('name-is-declared-already-as-something-else', { name }),
      sentence('use-another-name'),
    );
    return;
  }
  context.scope.declare(name, entity);
}

function typedefEntity(context: Context, declarator: Declarator): Entity | undefined {
  const resolved = resolveDeclarator(context, declarator);
  return (
    resolved && {
      kind: 'typedef',
      ...resolved,
      align: resolved.align,
      spelling: spellSyntax(declarator.type, resolved.type),
      span: declarator.nameSpan,
    }
  );
}

/** A declarator's type with the effect of its attributes on it: `aligned` and `mode`. */
export function resolveDeclarator(context: Context, declarator: Declarator): Resolved | undefined {
  const resolved = context.checker.resolve(context, declarator.type);
  if (!resolved || declarator.attributes.length === 0) {
    return resolved;
  }
  const { align, mode, vector, transparent } = readAttributes(context, declarator.attributes);
  if (transparent && resolved.type.kind === 'record') {
    resolved.type.transparent = true;
  }
  if (vector) {
    context.reporter.error(
      'SS3008',
      declarator.span,
      sentence('vector-types-are-not-supported'),
      sentence('use-an-array'),
    );
    return undefined;
  }
  const type = mode === undefined ? resolved.type : (withMode(resolved.type, mode) ?? resolved.type);
  if (mode !== undefined && type === resolved.type && !withMode(type, mode)) {
    context.reporter.error(
      'SS3008',
      declarator.span,
      sentence('mode-mode-is-not-supported-for-type', { mode, type: spellType(type) }),
      sentence('use-qi-hi-si-or-di-with-an-integer-type'),
    );
  }
  return align === undefined && resolved.align === undefined
    ? { ...resolved, type }
    : { ...resolved, type, align: Math.max(align ?? 1, resolved.align ?? 1) };
}

/** `mode(DI)` and the like choose an integer type by width. */
function withMode(type: CType, mode: string): CType | undefined {
  const widths: Readonly<Record<string, CType | undefined>> = {
    QI: signedCharType,
    byte: signedCharType,
    HI: shortType,
    SI: intType,
    word: longType,
    pointer: longType,
    DI: longLongType,
  };
  const wanted = Object.hasOwn(widths, mode) ? widths[mode] : undefined;
  if (type.kind !== 'integer' || wanted?.kind !== 'integer') {
    return undefined;
  }
  return type.signed || type === charType ? wanted : toUnsigned(wanted);
}
