/**
 * What the aliases of a YAML document stand for. In: a parsed document. Out: for each `*name` the node that `&name` marks
 * last before it. One pass through the nodes and no copies, so that aliases of aliases cost nothing; an alias within its
 * own node stands for that node, which whoever reads it must expect.
 */
import { isAlias, isNode, visit, type Alias, type Document, type Node as YamlNode } from 'yaml';

export class PackAliases {
  private readonly targets = new Map<Alias, YamlNode | undefined>();

  constructor(document: Document) {
    const anchors = new Map<string, YamlNode>();
    visit(document, {
      Node: (_key, node) => {
        if (isAlias(node)) {
          this.targets.set(node, anchors.get(node.source));
        } else if (node.anchor !== undefined) {
          anchors.set(node.anchor, node);
        }
      },
    });
  }

  /** The node itself, or what it is an alias of; undefined when there is no node, or no such anchor. */
  resolve(node: unknown): YamlNode | undefined {
    return isAlias(node) ? this.targets.get(node) : isNode(node) ? node : undefined;
  }
}
