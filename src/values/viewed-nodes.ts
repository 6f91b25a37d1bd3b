/**
 * Value nodes of what the views know: lists as their elements, unions by the arm in use, the structures in a structure's
 * bytes.
 *
 * In: a context, the node as C alone shows it, and what the views say. Out: value nodes. What C alone would show is always
 * there too, one level down.
 */
import type { TypeId } from '../abi/debug-info';
import { formatAddress } from '../base/bytes';
import type { ListView } from './structure-views';
import { walkList } from './graph-chains';
import { timerLabel } from './graph-labels';
import { isReadable, type ValueContext } from './value-context';
import { postfixOperand } from './c-expression';
import type { ValueNode } from './value-model';
import { recordOf } from './value-types';
import type { FoundPart } from './view-facts';

/** Elements that a list has as children. */
const MOST = 500;
const PREVIEW_LENGTH = 72;

/** How the node of another place is made: `valueNode`. */
type MakeNode = (
  context: ValueContext,
  request: { readonly name: string; readonly expression: string; readonly type: TypeId; readonly address: number },
) => ValueNode;

/** A list as its elements; the node as it is when it was never initialised. */
export function listNode(
  context: ValueContext,
  plain: ValueNode,
  list: ListView,
  type: TypeId,
  make: MakeNode,
): ValueNode {
  const address = plain.address ?? 0;
  const chain = walkList(context, list, { type, address, expression: plain.expression ?? plain.name }, MOST);
  const first = context.memory.contains(address, 4) ? context.memory.u32(address) : 0;
  if (!chain || (chain.items.length === 0 && first !== 0 && !isReadable(context, first, 1))) {
    return plain;
  }
  const { items, leftOff, broken } = chain;
  const raw: ValueNode = { ...plain, name: '(as C has it)' };
  const total = items.length + leftOff;
  return {
    ...plain,
    display: `${total === 0 ? '(empty)' : `[${total}]${previewOf(items.map(({ label }) => label))}`}${broken ? ' (broken)' : ''}`,
    named: items.length + 1,
    indexed: 0,
    children: (start = 0, count = items.length + 1) =>
      [...items.keys(), undefined].slice(start, start + count).flatMap((index) => {
        const item = index === undefined ? undefined : items[index];
        if (!item) {
          return [raw];
        }
        const node = make(context, {
          name: `[${index}]`,
          expression: `*${postfixOperand(item.expression)}`,
          type: item.type,
          address: item.address,
        });
        return [item.label === '' ? node : { ...node, display: item.label }];
      }),
  };
}

function previewOf(labels: readonly string[]): string {
  let text = '';
  for (const label of labels) {
    if (label === '' || text.length + label.length > PREVIEW_LENGTH) {
      return text === '' ? '' : `${text}, …`;
    }
    text += `${text === '' ? ' ' : ', '}${label}`;
  }
  return text;
}

/** A union with the arm in use first, and the others one level down. */
export function unionNode(plain: ValueNode, arm: string): ValueNode {
  const arms = plain.children(0, plain.named);
  const used = arms.find(({ name }) => name === arm);
  if (!used) {
    return plain;
  }
  const others: ValueNode = {
    name: '(other members)',
    type: plain.type,
    display: '{…}',
    scalar: { kind: 'none' },
    named: arms.length - 1,
    indexed: 0,
    children: (start = 0, count = arms.length - 1) => arms.filter((each) => each !== used).slice(start, start + count),
  };
  return {
    ...plain,
    display: `.${arm} = ${used.display}`,
    named: 2,
    children: (start = 0, count = 2) => [used, others].slice(start, start + count),
  };
}

/** The structures that lie in the bytes of one, or that it points to. */
export function partNodes(context: ValueContext, parts: readonly FoundPart[], make: MakeNode): readonly ValueNode[] {
  return parts.map(({ part, type, address }) =>
    make(context, {
      name: `(${part.name})`,
      expression: `*(struct ${part.as} *) ${formatAddress(address)}`,
      type,
      address,
    }),
  );
}

/** A timer by when it is due and the function that it calls then, in place of its first fields. */
export function labelNode(context: ValueContext, plain: ValueNode, type: TypeId): ValueNode {
  const name = recordOf(context.debug, type)?.name;
  const label = name === 'timer_list' ? timerLabel(context, type, plain.address ?? 0) : '';
  return label === '' ? plain : { ...plain, display: label };
}
