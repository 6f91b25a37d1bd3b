/**
 * The door to tree-sitter: with `live-tree.ts` the only file of the core that imports web-tree-sitter. Goes in: the bytes
 * of the runtime and of the C grammar (the host has read them; nothing here fetches or opens files); comes out: a
 * {@link CParser}. The trees of what is to be compiled never leave this file: they are copied into {@link FlatTree}s and
 * deleted at once. The trees of what is read are kept ({@link LiveTree}).
 */
import { Language, Parser, type Tree, type TreeCursor } from 'web-tree-sitter';
import { FlatTree } from './flat-tree';
import { compileQuery, LiveTree, type CompiledQuery, type QueryProblem } from './live-tree';

export interface GrammarBytes {
  /** `web-tree-sitter.wasm`. */
  readonly runtimeWasm: Uint8Array;
  /** `tree-sitter-c.wasm`. */
  readonly grammarWasm: Uint8Array;
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

  /** A tree that is kept and follows the edits of its text; undefined when parsing was given up. */
  live(text: string): LiveTree | undefined {
    return LiveTree.of(text, (each, old) => this.tree(each, old));
  }

  /** A tree-sitter query to be run on live trees; whoever asked for it disposes of it. */
  compileQuery(source: string): CompiledQuery | QueryProblem {
    return compileQuery(source, this.language);
  }

  /** Frees the parser. */
  dispose(): void {
    this.parser.delete();
  }

  private tree(text: string, old: Tree | null = null): Tree | null {
    let calls = 0;
    this.parser.reset();
    return this.parser.parse(text, old, {
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
