/**
 * The functions of a file and the statements in them, from its syntax tree. In: the root of the tree, and the text as
 * the person sees it. Out: an outline of each function without an error, and where the others are. Expressions are not
 * looked into, and statements only when they are asked for: who asks about a line needs those of one function.
 */
import type { TreeNode } from '../parse/live-tree';
import type { Range } from './branches';
import {
  normalise,
  startOfDeclarator,
  withRuns,
  type FunctionOutline,
  type OutlineKind,
  type OutlineStatement,
  type StatementHead,
} from './outline';

/** Deeper nesting is left to the tokens: no hand wrote it. */
const deepest = 1_000;

/** What may hold functions. */
const holdsFunctions = /^(?:preproc_(?:if|ifdef|else|elif|elifdef)|linkage_specification|declaration_list|ERROR)$/;

/** What a level of nesting begins with. */
const opensLevel = /[{:#]|\[\[|\b(?:if|else|for|while|do|switch)\b/g;

/** A function that the tree has, without an outline when there is an error in it. */
export interface TreeFunction {
  readonly node: TreeNode;
  readonly outline: FunctionOutline | undefined;
  /** Its statements, which are read before the tree goes. */
  readonly statements: PendingStatements | undefined;
}

/** Statements of a function, read from the tree when they are first asked for. */
export class PendingStatements {
  private found: readonly OutlineStatement[] | undefined;

  constructor(private read: (() => readonly OutlineStatement[]) | undefined) {}

  get(): readonly OutlineStatement[] {
    this.found ??= this.read?.() ?? [];
    this.read = undefined;
    return this.found;
  }

  /** The tree goes, and nobody will ask any more. */
  forget(): void {
    this.read = undefined;
  }
}

/** All functions of the tree, in order. */
export function functionsOf(root: TreeNode, text: string, passedOver: readonly Range[]): TreeFunction[] {
  const found: TreeFunction[] = [];
  const look = (node: TreeNode, depth: number): void => {
    for (const child of node.namedChildren) {
      if (child.type === 'function_definition') {
        found.push({ node: child, ...(child.hasError ? noOutline : outlineOfNode(child, text, passedOver)) });
      } else if (depth < deepest && holdsFunctions.test(child.type)) {
        look(child, depth + 1);
      }
    }
  };
  look(root, 0);
  return found;
}

const noOutline = { outline: undefined, statements: undefined };

function outlineOfNode(
  node: TreeNode,
  text: string,
  passedOver: readonly Range[],
): Pick<TreeFunction, 'outline' | 'statements'> {
  const name = declaredName(node);
  const body = node.childForFieldName('body');
  if (!name || !body) {
    return noOutline;
  }
  const within = passedOver.filter(([from, to]) => from >= node.startIndex && to <= node.endIndex);
  const reader = new StatementReader(text, within);
  const statements = new PendingStatements(() => {
    reader.read(body);
    return withRuns(reader.heads);
  });
  if (mayBeTooDeep(text.slice(node.startIndex, node.endIndex))) {
    statements.get();
  }
  if (reader.isTooDeep) {
    return noOutline;
  }
  const outline: FunctionOutline = {
    name: text.slice(name.startIndex, name.endIndex),
    start: startOfDeclarator(text, name.startIndex),
    end: node.endIndex,
    nameStart: name.startIndex,
    nameEnd: name.endIndex,
    get statements() {
      return statements.get();
    },
    passedOver: passedOver.some(([from, to]) => from <= node.startIndex && node.endIndex <= to),
    by: 'tree',
  };
  return { outline, statements };
}

/** Whether so much is opened in a function that it could be nested too deep. */
function mayBeTooDeep(text: string): boolean {
  let count = 0;
  for (const _ of text.matchAll(opensLevel)) {
    if (++count > deepest) {
      return true;
    }
  }
  return false;
}

/** The identifier within the declarators of a definition. */
function declaredName(definition: TreeNode): TreeNode | undefined {
  let at = definition.childForFieldName('declarator');
  while (at && at.type !== 'identifier') {
    const inner: TreeNode | null = at.childForFieldName('declarator');
    at = inner ?? at.namedChildren.find(({ type }) => /declarator$|^identifier$/.test(type)) ?? null;
  }
  return at ?? undefined;
}

class StatementReader {
  readonly heads: StatementHead[] = [];
  isTooDeep = false;
  private under: string | undefined;
  private depth = 0;

  constructor(
    private readonly text: string,
    private readonly passedOver: readonly Range[],
  ) {}

  /** Takes down a statement and what it holds. */
  read(node: TreeNode): void {
    if (this.depth > deepest) {
      this.isTooDeep = true;
      return;
    }
    this.depth++;
    this.statement(node);
    this.depth--;
  }

  private statement(node: TreeNode): void {
    switch (node.type) {
      case 'if_statement':
      case 'while_statement':
      case 'switch_statement':
        this.add(node.type === 'if_statement' ? 'if' : node.type === 'while_statement' ? 'while' : 'switch', {
          start: node.startIndex,
          end: endOf(node.childForFieldName('condition'), node),
        });
        this.inner(node, ['condition']);
        break;
      case 'for_statement':
        this.add('for', { start: node.startIndex, end: endOf(last(node, ')'), node) });
        this.readField(node, 'body');
        break;
      case 'do_statement':
        this.readField(node, 'body');
        this.add('do-while', {
          start: last(node, 'while')?.startIndex ?? node.startIndex,
          end: endOf(node.childForFieldName('condition'), node),
        });
        break;
      case 'case_statement':
      case 'labeled_statement':
        this.label(node);
        break;
      case 'compound_statement': {
        const outer = this.under;
        this.inner(node, []);
        this.under = outer;
        break;
      }
      case 'return_statement':
        this.add('return', { start: node.startIndex, end: node.endIndex });
        break;
      case 'goto_statement':
        this.add('goto', { start: node.startIndex, end: node.endIndex });
        break;
      case 'expression_statement':
      case 'declaration':
      case 'break_statement':
      case 'continue_statement':
      case 'type_definition':
      case 'struct_specifier':
      case 'union_specifier':
      case 'enum_specifier':
        this.plain(node);
        break;
      case 'else_clause':
      case 'attributed_statement':
      case 'preproc_if':
      case 'preproc_ifdef':
      case 'preproc_else':
      case 'preproc_elif':
        this.inner(node, ['condition', 'name']);
        break;
    }
  }

  private readField(node: TreeNode, field: string): void {
    const child = node.childForFieldName(field);
    if (child) {
      this.read(child);
    }
  }

  /** All statements right below a node, but for what stands in some fields. */
  private inner(node: TreeNode, except: readonly string[]): void {
    const skipped = except.map((field) => node.childForFieldName(field)?.startIndex);
    for (const child of node.namedChildren) {
      if (!skipped.includes(child.startIndex)) {
        this.read(child);
      }
    }
  }

  private label(node: TreeNode): void {
    const colon = node.children.find(({ type }) => type === ':');
    const end = endOf(colon, node);
    this.under = normalise(this.text.slice(node.startIndex, end));
    this.add(node.type === 'case_statement' ? 'case' : 'label', { start: node.startIndex, end });
    for (const child of node.namedChildren) {
      if (child.startIndex >= end) {
        this.read(child);
      }
    }
  }

  /** A simple statement; one that is only `;` is none. The `;` that a macro was lent is not in the text. */
  private plain({ startIndex: start, endIndex }: TreeNode): void {
    let end = endIndex + (this.text[endIndex] === ';' && this.text[endIndex - 1] === '}' ? 1 : 0);
    while (end > start && /\s/.test(this.text[end - 1] ?? '')) {
      end--;
    }
    if (end > start && this.text.slice(start, end) !== ';') {
      this.add('plain', { start, end });
    }
  }

  private add(kind: OutlineKind, { start, end }: { readonly start: number; readonly end: number }): void {
    this.heads.push({
      kind,
      start,
      end,
      normal: normalise(this.text.slice(start, end)),
      under: this.under,
      passedOver: this.passedOver.some(([from, to]) => from <= start && end <= to),
    });
  }
}

/** The last child that is this sign or keyword. */
function last(node: TreeNode, type: string): TreeNode | undefined {
  return node.children.filter((each) => each.type === type).pop();
}

function endOf(part: TreeNode | null | undefined, whole: TreeNode): number {
  return part?.endIndex ?? whole.endIndex;
}
