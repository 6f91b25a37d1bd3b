/** A value that is nothing in particular, but for what a test says of it. */
import type { ValueNode } from '../../src/values/value-model';

export function plainNode(more: Partial<ValueNode> = {}): ValueNode {
  return {
    name: 'n',
    display: '1',
    scalar: { kind: 'none' },
    type: 'int',
    named: 0,
    indexed: 0,
    children: () => [],
    ...more,
  };
}
