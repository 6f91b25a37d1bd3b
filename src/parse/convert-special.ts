/**
 * The forms that stood as a placeholder in the skeleton: `_Alignof`, `va_arg`, `offsetof`,
 * `__builtin_types_compatible_p`, `_Generic`, `&&label`. Goes in: the note with its fragments; comes out: the
 * expression.
 */
import { sentence } from '../sentences/sentence';
import { assert } from '../base/assert';
import type { Span } from '../source/source-file';
import type { Designator, Expr, TypeSyntax } from './ast';
import type { Fragment, SpecialNote } from './rendering';

export interface SpecialHost {
  expression(fragment: Fragment): Expr;
  type(fragment: Fragment): TypeSyntax;
  tokenText(token: number): string;
}

export function convertSpecial(note: SpecialNote, place: { span: Span; macro?: string }, host: SpecialHost): Expr {
  const part = (index: number): Fragment => {
    const fragment = note.parts[index];
    assert(fragment, 'special form lacks a part');
    return fragment;
  };
  const type = (index: number): TypeSyntax => {
    const fragment = part(index);
    return fragment.kind === 'type'
      ? host.type(fragment)
      : { kind: 'error-type', message: sentence('a-type-is-expected-here'), span: place.span };
  };
  switch (note.form) {
    case 'least-alignof':
    case 'alignof': {
      const operand = part(0);
      const least = note.form === 'least-alignof';
      return operand.kind === 'type'
        ? { kind: 'alignof-type', type: host.type(operand), least, ...place }
        : { kind: 'alignof-expression', operand: host.expression(operand), ...place };
    }
    case 'va-arg':
      return { kind: 'va-arg', list: host.expression(part(0)), type: type(1), ...place };
    case 'types-compatible':
      return { kind: 'types-compatible', a: type(0), b: type(1), ...place };
    case 'label-address':
      return { kind: 'label-address', name: host.tokenText(note.extra), ...place };
    case 'offsetof':
      return { kind: 'offsetof', type: type(0), path: designatorsOf(host.expression(part(1))), ...place };
    case 'generic': {
      const choices: { type: TypeSyntax | undefined; value: Expr }[] = [];
      for (let i = 1; i < note.parts.length;) {
        const isDefault = i === note.extra;
        choices.push(
          isDefault
            ? { type: undefined, value: host.expression(part(i)) }
            : { type: type(i), value: host.expression(part(i + 1)) },
        );
        i += isDefault ? 1 : 2;
      }
      return { kind: 'generic', control: host.expression(part(0)), choices, ...place };
    }
  }
}

/** `v.a.b[i]` → `.a`, `.b`, `[i]`. */
function designatorsOf(expression: Expr): Designator[] {
  switch (expression.kind) {
    case 'member':
      return [...designatorsOf(expression.base), { kind: 'field', name: expression.name, span: expression.span }];
    case 'index':
      return [
        ...designatorsOf(expression.base),
        { kind: 'index', index: expression.index, span: expression.index.span },
      ];
    default:
      return [];
  }
}
