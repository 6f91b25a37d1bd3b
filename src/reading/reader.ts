/**
 * Source as a person sees it, read once for all who ask: hovers, symbols, notes, later definitions and references. In:
 * files; a changed file is another {@link SourceFile} of the same path, and only what changed is parsed again. Out: a
 * {@link Reading} of each: its functions with their statements, nodes of its syntax tree, the places a query captures.
 *
 * One incremental tree of tree-sitter for each file, over its {@link readableText}. Functions with an error in the tree
 * are read from their tokens. A few trees are kept, those asked for last; a reading keeps its outline when its tree went.
 */
import type { CParser } from '../parse/tree-sitter';
import type { CapturedRange, CompiledQuery, LiveTree, QueryProblem, TreeNode } from '../parse/live-tree';
import { TokenCache } from '../preprocess/token-cache';
import type { SourceFile } from '../source/source-file';
import type { Range } from './branches';
import type { FunctionOutline } from './outline';
import { readableText } from './readable-text';
import { outlineOf } from './token-outline';
import { functionsOf, type PendingStatements } from './tree-outline';

/** Trees kept at a time: a tree takes some thirty bytes for each character. */
const mostTrees = 16;
/** Spellings after which the table of them is begun anew. */
const mostSpellings = 400_000;
/** Queries that are run; an annotation in a hundred needs one. */
const mostQueries = 200;
/** Work of all queries together ({@link CompiledQuery.effort}). */
const mostEffort = 10_000;

/** What a macro stands for in a file, where it is known. */
export type MacroLookup = (name: string, path: string) => string | undefined;

const tooCostly: QueryProblem = { fault: 'too costly', offset: 0, word: '' };

export class Reading {
  constructor(
    readonly file: SourceFile,
    /** Functions defined in the file, in order; without statements' expressions. */
    readonly functions: readonly FunctionOutline[],
    /** Whether the tree has errors: then some functions may have been read from tokens. */
    readonly hasErrors: boolean,
    private tree: LiveTree | undefined,
    /** What of the functions is read from the tree only when it is asked for. */
    private readonly pending: readonly PendingStatements[],
  ) {}

  /** The smallest named node that holds the character at `offset`; valid until another file is read. */
  nodeAt(offset: number): TreeNode | undefined {
    return this.tree?.nodeAt(offset);
  }

  /** The function's definition in the tree; undefined for one that was read from tokens. */
  nodeOf(outline: FunctionOutline): TreeNode | undefined {
    let node: TreeNode | null | undefined = outline.by === 'tree' ? this.tree?.nodeAt(outline.nameStart) : undefined;
    while (node && node.type !== 'function_definition') {
      node = node.parent;
    }
    return node ?? undefined;
  }

  /** Its tree is another's now; all that was to be read from it is read. */
  retire(): void {
    this.pending.forEach((each) => each.get());
    this.tree = undefined;
  }

  /** Its tree goes, and nobody will ask about its statements any more. */
  forget(): void {
    this.pending.forEach((each) => each.forget());
    this.tree = undefined;
  }
}

export class Reader {
  /** By path, the one asked for last at the end. */
  private readonly kept = new Map<string, { readonly reading: Reading; readonly tree: LiveTree | undefined }>();
  private readonly queries = new Map<string, CompiledQuery | QueryProblem>();
  private tokens = new TokenCache();
  private effort = 0;

  constructor(
    private readonly parser: CParser,
    private readonly macro: MacroLookup = () => undefined,
  ) {}

  /** The reading of a file; the same object until the file changes or many others were asked for. */
  read(file: SourceFile): Reading {
    const known = this.kept.get(file.path);
    if (known) {
      this.kept.delete(file.path);
      if (known.reading.file === file) {
        this.kept.set(file.path, known);
        return known.reading;
      }
      known.reading.retire();
    }
    if (this.tokens.atomTable.size > mostSpellings) {
      this.tokens = new TokenCache();
    }
    const { atomTable } = this.tokens;
    const { text, passedOver } = readableText(
      this.tokens.lexed(file),
      (atom) => atomTable.text(atom),
      (name) => this.macro(name, file.path),
    );
    const tree = this.treeOf(text, known?.tree);
    const { functions, pending } = outlinesOf(file, tree, passedOver);
    const reading = new Reading(file, functions, tree?.root.hasError ?? true, tree, pending);
    this.kept.set(file.path, { reading, tree });
    this.dropOldest();
    return reading;
  }

  /** Places of the first capture of each match of a query in a function; what is wrong when it cannot be run. */
  capturesIn(file: SourceFile, outline: FunctionOutline, query: string): readonly CapturedRange[] | QueryProblem {
    const compiled = this.compiled(query);
    if ('fault' in compiled) {
      return compiled;
    }
    const node = this.read(file).nodeOf(outline);
    const before = compiled.effort;
    const captured: readonly CapturedRange[] | QueryProblem =
      this.effort > mostEffort ? tooCostly : node ? compiled.run(node) : [];
    this.effort += compiled.effort - before;
    if ('fault' in captured) {
      // What costs too much once is not tried again.
      compiled.dispose();
      this.queries.set(query, captured);
    }
    return captured;
  }

  /** What is wrong with a query; undefined when it can be run. */
  problemOf(query: string): QueryProblem | undefined {
    const compiled = this.compiled(query);
    return 'fault' in compiled ? compiled : undefined;
  }

  /** Frees all trees. */
  dispose(): void {
    this.kept.forEach(({ reading, tree }) => {
      reading.forget();
      tree?.dispose();
    });
    this.kept.clear();
    this.queries.forEach((each) => 'fault' in each || each.dispose());
    this.queries.clear();
  }

  private treeOf(text: string, old: LiveTree | undefined): LiveTree | undefined {
    if (!old) {
      return this.parser.live(text);
    }
    if (old.edit(text)) {
      return old;
    }
    old.dispose();
    return undefined;
  }

  private dropOldest(): void {
    for (const [path, { reading, tree }] of this.kept) {
      if (this.kept.size <= mostTrees) {
        return;
      }
      reading.retire();
      tree?.dispose();
      this.kept.delete(path);
    }
  }

  private compiled(source: string): CompiledQuery | QueryProblem {
    let compiled = this.queries.get(source);
    if (!compiled) {
      compiled = this.parser.compileQuery(source);
      if (this.queries.size < mostQueries) {
        this.queries.set(source, compiled);
      } else if (!('fault' in compiled)) {
        compiled.dispose();
        compiled = tooCostly;
      }
    }
    return compiled;
  }
}

/** Functions from the tree; where it has errors those it could not read, from the tokens. */
function outlinesOf(
  file: SourceFile,
  tree: LiveTree | undefined,
  passedOver: readonly Range[],
): { readonly functions: readonly FunctionOutline[]; readonly pending: readonly PendingStatements[] } {
  if (!tree) {
    return { functions: outlineOf(file.text), pending: [] };
  }
  const { root } = tree;
  const all = functionsOf(root, file.text, passedOver);
  const found = all.flatMap(({ outline }) => outline ?? []);
  const pending = all.flatMap(({ statements }) => statements ?? []);
  if (!root.hasError && found.length === all.length) {
    return { functions: found, pending };
  }
  const byName = new Map(found.map((each) => [each.nameStart, each]));
  const read = outlineOf(file.text).map((each) => byName.get(each.nameStart) ?? each);
  // Tokens see one branch only. What they do not know besides is a mistake of the tree's.
  const others = found.filter((each) => each.passedOver && !read.includes(each));
  return { functions: [...read, ...others].sort((a, b) => a.nameStart - b.nameStart), pending };
}
