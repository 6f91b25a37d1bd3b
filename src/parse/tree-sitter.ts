/**
 * The door to tree-sitter: the only file of the core that imports web-tree-sitter. Goes in: the bytes of the runtime and
 * of the C grammar (the host has read them; nothing here fetches or opens files); comes out: a {@link CParser}. Trees
 * never leave this file: they are copied into {@link FlatTree}s and deleted at once.
 */
import { Language, Parser, Query, type Tree, type TreeCursor } from 'web-tree-sitter';
import { FlatTree } from './flat-tree';

export interface GrammarBytes {
  /** `web-tree-sitter.wasm`. */
  readonly runtimeWasm: Uint8Array;
  /** `tree-sitter-c.wasm`. */
  readonly grammarWasm: Uint8Array;
}

/** One match of a query: capture name and UTF-16 range. */
export interface QueryCapture {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly node: string;
}

/** Progress calls after which a parse is given up; a kernel file of 100 KB needs a few dozen. */
const maximumProgress = 20_000;

/** Starts tree-sitter. Works in Node and in a browser's worker; call it once per host and share the result. */
export async function createCParser(bytes: GrammarBytes): Promise<CParser> {
  await Parser.init({ wasmBinary: bytes.runtimeWasm });
  const language = await Language.load(bytes.grammarWasm);
  const parser = new Parser();
  parser.setLanguage(language);
  return new CParser(parser, language);
}

export class CParser {
  private readonly typeNames: readonly string[];
  private readonly fieldNames: readonly string[];
  /** Progress calls of all parses so far: what the work of a parse is measured in. */
  effort = 0;

  constructor(
    private readonly parser: Parser,
    private readonly language: Language,
  ) {
    this.typeNames = language.types;
    this.fieldNames = language.fields.map((name) => name ?? '');
  }

  /** Parses `text`; undefined when it was given up because it took too long. */
  parse(text: string): FlatTree | undefined {
    const tree = this.tree(text);
    if (!tree) {
      return undefined;
    }
    try {
      const cursor = tree.walk();
      try {
        // A skeleton has about one node for three characters.
        return this.copy(cursor, tree.rootNode.hasError, 16 + (text.length >> 1));
      } finally {
        cursor.delete();
      }
    } finally {
      tree.delete();
    }
  }

  /** Runs a tree-sitter query over `text`; an invalid query gives its message. */
  query(text: string, source: string): { captures: QueryCapture[][] } | { error: string } {
    let query: Query;
    try {
      query = new Query(this.language, source);
    } catch (error) {
      return { error: error instanceof Error ? error.message : String(error) };
    }
    const tree = this.tree(text);
    try {
      const matches = tree ? query.matches(tree.rootNode) : [];
      return {
        captures: matches.map((match) =>
          match.captures.map(({ name, node }) => ({
            name,
            start: node.startIndex,
            end: node.endIndex,
            node: node.type,
          })),
        ),
      };
    } finally {
      tree?.delete();
      query.delete();
    }
  }

  /** Frees the parser. */
  dispose(): void {
    this.parser.delete();
  }

  private tree(text: string): Tree | null {
    let calls = 0;
    this.parser.reset();
    return this.parser.parse(text, null, {
      progressCallback: () => {
        this.effort++;
        return ++calls > maximumProgress;
      },
    });
  }

  private copy(cursor: TreeCursor, hasError: boolean, capacity: number): FlatTree {
    const tree = new FlatTree(this.typeNames, this.fieldNames, hasError, capacity);
    // Depth-first with an explicit stack of the last child seen at each level.
    const stack: number[] = [];
    let parent = -1;
    let previous = -1;
    for (;;) {
      const missing = hasError && cursor.nodeIsMissing;
      const field = cursor.currentFieldId;
      const keep = field !== 0 || missing || cursor.nodeIsNamed;
      let index = -1;
      if (keep) {
        index = tree.add(cursor.nodeTypeId, field, cursor.startIndex, cursor.endIndex, missing, parent, previous);
      }
      if (keep && cursor.gotoFirstChild()) {
        stack.push(parent, index);
        parent = index;
        previous = -1;
        continue;
      }
      previous = keep ? index : previous;
      while (!cursor.gotoNextSibling()) {
        if (!cursor.gotoParent()) {
          return tree;
        }
        previous = stack.pop() ?? -1;
        parent = stack.pop() ?? -1;
      }
    }
  }
}
