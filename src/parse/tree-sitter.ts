/**
 * The door to tree-sitter: with `live-tree.ts` the only file of the core that imports web-tree-sitter. Goes in: the bytes
 * of the runtime and of the C grammar (the host has read them; nothing here fetches or opens files); comes out: a
 * {@link CParser}. The trees of what is to be compiled never leave this file: they are copied into {@link FlatTree}s and
 * deleted at once. The trees of what is read are kept ({@link LiveTree}).
 */
import { assert } from '../base/assert';
import { Language, Parser, type Tree } from 'web-tree-sitter';
import { FlatTree } from './flat-tree';
import { TreeWalk, walkFunctions, type WalkFunctions } from './tree-walk';
import { compileQuery, LiveTree, type CompiledQuery, type QueryProblem } from './live-tree';

export interface GrammarBytes {
  /** `web-tree-sitter.wasm`. */
  readonly runtimeWasm: Uint8Array;
  /** `tree-sitter-c.wasm`. */
  readonly grammarWasm: Uint8Array;
}

/** Nodes of a tree whose arrays are used again. */
const largestSpare = 1 << 18;
/** Progress calls after which a parse is given up; a kernel file of 100 KB needs a few dozen. */
const maximumProgress = 20_000;

/** web-tree-sitter has one runtime for all: made of what was handed over first. */
let runtime: Promise<WalkFunctions> | undefined;

async function startRuntime(wasmBinary: Uint8Array): Promise<WalkFunctions> {
  const options = { wasmBinary };
  await Parser.init(options);
  return walkFunctions(options);
}

/** Starts tree-sitter. Works in Node and in a browser's worker; call it once per host and share the result. */
export async function createCParser(bytes: GrammarBytes): Promise<CParser> {
  runtime ??= startRuntime(bytes.runtimeWasm);
  const functions = await runtime.catch((error: unknown) => {
    runtime = undefined; // other bytes may do
    throw error;
  });
  const language = await Language.load(bytes.grammarWasm);
  const parser = new Parser();
  parser.setLanguage(language);
  return new CParser(parser, language, functions);
}

export class CParser {
  private readonly typeNames: readonly string[];
  private readonly fieldNames: readonly string[];
  /** Progress calls of all parses so far: what the work of a parse is measured in. */
  effort = 0;
  /** Room for the next tree. */
  private spare: FlatTree | undefined;

  constructor(
    private readonly parser: Parser,
    private readonly language: Language,
    private readonly functions: WalkFunctions,
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
      const { hasError } = tree.rootNode;
      const walk = new TreeWalk(this.functions, addressOf(tree));
      try {
        // A skeleton has about one node for three characters.
        return this.copy(walk, hasError, 16 + (text.length >> 1));
      } finally {
        walk.finish();
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

  /** Takes back a tree that nobody reads any more: the next one is put into its place. */
  giveBack(tree: FlatTree): void {
    this.spare = tree.length <= largestSpare ? tree : undefined;
  }

  private copy(walk: TreeWalk, hasError: boolean, capacity: number): FlatTree {
    const tree = this.spare?.reuse(hasError) ?? new FlatTree(this.typeNames, this.fieldNames, hasError, capacity);
    this.spare = undefined;
    // Depth-first with an explicit stack of the last child seen at each level.
    const stack: number[] = [];
    let parent = -1;
    let previous = -1;
    for (;;) {
      const missing = hasError && walk.isMissing;
      const field = walk.fieldId;
      const keep = field !== 0 || missing || walk.isNamed;
      let index = -1;
      if (keep) {
        index = tree.add(walk.typeId, field, walk.start, walk.end, missing, parent, previous);
      }
      if (keep && walk.gotoFirstChild()) {
        stack.push(parent, index);
        parent = index;
        previous = -1;
        continue;
      }
      previous = keep ? index : previous;
      while (!walk.gotoNextSibling()) {
        if (!walk.gotoParent()) {
          return tree;
        }
        previous = stack.pop() ?? -1;
        parent = stack.pop() ?? -1;
      }
    }
  }
}

/** Where a tree lies in the runtime's memory. */
function addressOf(tree: Tree): number {
  const address: unknown = Reflect.get(tree, 0);
  assert(typeof address === 'number', 'web-tree-sitter keeps trees otherwise than this was written for');
  return address;
}
