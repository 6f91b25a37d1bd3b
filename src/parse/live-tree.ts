/**
 * A tree of tree-sitter that is kept and follows the edits of its text, for those who read source and do not run it.
 * Goes in: a text, later other versions of it; comes out: nodes, and the places that a tree-sitter query captures.
 *
 * Of two versions the part between their common beginning and end counts as edited; what lies outside is not parsed
 * again. Queries may come from strangers: their length, their nesting and the work they cost are bounded, and regular
 * expressions are refused. Nodes mean something until the next edit; whoever needs a place longer keeps its offsets.
 */
import { Query, type Language, type Node, type Tree } from 'web-tree-sitter';

/** What is to be known of a node. Offsets are UTF-16 units. */
export interface TreeNode {
  /** The grammar's name: `function_definition`, `identifier`, `ERROR`, … */
  readonly type: string;
  readonly startIndex: number;
  readonly endIndex: number;
  /** An error lies in it, or it is one. */
  readonly hasError: boolean;
  readonly parent: TreeNode | null;
  readonly children: readonly TreeNode[];
  readonly namedChildren: readonly TreeNode[];
  childForFieldName(name: string): TreeNode | null;
}

export interface CapturedRange {
  readonly start: number;
  readonly end: number;
}

/** What can be wrong with a query. */
export type QueryFault =
  | 'too long'
  | 'too deep'
  | 'too costly'
  | 'captures nothing'
  | 'predicate'
  | 'syntax'
  | 'node name'
  | 'field name'
  | 'capture name'
  | 'impossible';

export interface QueryProblem {
  readonly fault: QueryFault;
  /** Where in the query's text, and the word there. */
  readonly offset: number;
  readonly word: string;
}

/** The parser's numbers of what is wrong (`TSQueryError`). */
const faults: readonly QueryFault[] = ['syntax', 'syntax', 'node name', 'field name', 'capture name', 'impossible'];

/** Parses a text, with an older tree that has been told of the edits; null when it would take too long. */
export type ParseText = (text: string, old: Tree | null) => Tree | null;

const longestQuery = 1_000;
const deepestQuery = 24;
/** `*`, `+` and `?` in a query: what reading one costs grows with them. */
const mostRepetitions = 4;
/** Progress calls (100 steps of matching each) after which a query is given up; one on a long function needs a dozen. */
const maximumProgress = 500;
/** Matches that may be open at once. */
const mostMatches = 64;
/** Matches whose captures are read. */
const mostCaptures = 1_000;
/** Predicates that compare texts; `#match?` would run a stranger's regular expression. */
const predicates = /^(?:any-)?(?:not-)?(?:eq|any-of)\?$/;

export class LiveTree {
  private constructor(
    private tree: Tree,
    private text: string,
    private readonly parse: ParseText,
  ) {}

  /** The tree of `text`; undefined when it was given up because it took too long. */
  static of(text: string, parse: ParseText): LiveTree | undefined {
    const tree = parse(text, null);
    return tree ? new LiveTree(tree, text, parse) : undefined;
  }

  get root(): TreeNode {
    return this.tree.rootNode;
  }

  /** The smallest named node that holds the character at `offset`. */
  nodeAt(offset: number): TreeNode {
    return this.tree.rootNode.namedDescendantForIndex(offset) ?? this.tree.rootNode;
  }

  /** Takes over another version of the text; false when parsing it was given up: then only {@link dispose} is left. */
  edit(text: string): boolean {
    if (text === this.text) {
      return true;
    }
    const { start, oldEnd, newEnd } = difference(this.text, text);
    this.tree.edit({
      startIndex: start,
      oldEndIndex: oldEnd,
      newEndIndex: newEnd,
      startPosition: pointAt(text, start),
      oldEndPosition: pointAt(this.text, oldEnd),
      newEndPosition: pointAt(text, newEnd),
    } as Parameters<Tree['edit']>[0]);
    const next = this.parse(text, this.tree);
    if (!next) {
      return false;
    }
    this.tree.delete();
    this.tree = next;
    this.text = text;
    return true;
  }

  /** Frees the tree. */
  dispose(): void {
    this.tree.delete();
  }
}

/** A query that has been read: it can be run on any tree of the grammar. */
export class CompiledQuery {
  /** Progress calls of all runs so far. */
  effort = 0;

  constructor(private readonly query: Query) {}

  /** Places of the first capture of each match below `node`, in order; what is wrong when that costs too much. */
  run(node: TreeNode): readonly CapturedRange[] | QueryProblem {
    let calls = 0;
    const stopped = (): boolean => ++calls > maximumProgress;
    const matches = this.query.matches(node as Node, { matchLimit: mostMatches, progressCallback: stopped });
    this.effort += calls;
    if (calls > maximumProgress || this.query.didExceedMatchLimit()) {
      return { fault: 'too costly', offset: 0, word: '' };
    }
    return matches.slice(0, mostCaptures).flatMap(({ captures }) => {
      const first = captures[0]?.node;
      return first ? [{ start: first.startIndex, end: first.endIndex }] : [];
    });
  }

  dispose(): void {
    this.query.delete();
  }
}

/** Reads a query for a grammar; says what is wrong with one that cannot be run. */
export function compileQuery(source: string, language: Language): CompiledQuery | QueryProblem {
  if (source.length > longestQuery) {
    return { fault: 'too long', offset: 0, word: '' };
  }
  const refused = refusedPart(source);
  if (refused) {
    return refused;
  }
  let query: Query;
  try {
    query = new Query(language, source);
  } catch (error) {
    const { kind, index } = error as { readonly kind?: unknown; readonly index?: unknown };
    const offset = typeof index === 'number' ? index : 0;
    const fault = typeof kind === 'number' ? faults[kind] : undefined;
    return { fault: fault ?? 'syntax', offset, word: /^[\w.-]*/.exec(source.slice(offset))?.[0] ?? '' };
  }
  if (query.captureNames.length === 0) {
    query.delete();
    return { fault: 'captures nothing', offset: 0, word: '' };
  }
  return new CompiledQuery(query);
}

/** Nesting that is too deep, and predicates that are not of the ones allowed. */
function refusedPart(source: string): QueryProblem | undefined {
  let depth = 0;
  let repetitions = 0;
  for (const { 0: piece, index } of source.matchAll(/"(?:[^"\\]|\\.)*"?|;[^\n]*|[()[\]*+?]|[#.]\s*[\w-]+[?!]/g)) {
    depth += piece === '(' || piece === '[' ? 1 : piece === ')' || piece === ']' ? -1 : 0;
    if (depth > deepestQuery) {
      return { fault: 'too deep', offset: index, word: '' };
    }
    repetitions += /^[*+?]$/.test(piece) ? 1 : 0;
    if (repetitions > mostRepetitions) {
      return { fault: 'too costly', offset: index, word: '' };
    }
    const predicate = /^[#.]\s*(.*)$/.exec(piece)?.[1];
    if (predicate !== undefined && !predicates.test(predicate)) {
      return { fault: 'predicate', offset: index, word: predicate };
    }
  }
  return undefined;
}

/** The part in which two texts differ. */
function difference(old: string, fresh: string): { start: number; oldEnd: number; newEnd: number } {
  const shorter = Math.min(old.length, fresh.length);
  let start = 0;
  while (start < shorter && old.charCodeAt(start) === fresh.charCodeAt(start)) {
    start++;
  }
  let oldEnd = old.length;
  let newEnd = fresh.length;
  while (oldEnd > start && newEnd > start && old.charCodeAt(oldEnd - 1) === fresh.charCodeAt(newEnd - 1)) {
    oldEnd--;
    newEnd--;
  }
  return { start, oldEnd, newEnd };
}

function pointAt(text: string, offset: number): { row: number; column: number } {
  let row = 0;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
    row++;
    lineStart = at + 1;
  }
  return { row, column: offset - lineStart };
}
