/**
 * The way through a tree of tree-sitter, node by node, by the functions of its wasm.
 *
 * In: the runtime that web-tree-sitter has started, and the address of a tree. Out: answers about the node at which the
 * walk stands. The cursor of web-tree-sitter writes its four words into the runtime's memory before each question and
 * reads them back after each move, which takes longer than the question; here they stay where they are. So nothing else may
 * be asked of tree-sitter while a walk goes on.
 */
import { assert } from '../base/assert';

const FUNCTIONS = [
  '_ts_tree_root_node_wasm',
  '_ts_tree_cursor_new_wasm',
  '_ts_tree_cursor_delete_wasm',
  '_ts_tree_cursor_current_field_id_wasm',
  '_ts_tree_cursor_current_node_type_id_wasm',
  '_ts_tree_cursor_current_node_is_named_wasm',
  '_ts_tree_cursor_current_node_is_missing_wasm',
  '_ts_tree_cursor_start_index_wasm',
  '_ts_tree_cursor_end_index_wasm',
  '_ts_tree_cursor_goto_first_child_wasm',
  '_ts_tree_cursor_goto_next_sibling_wasm',
  '_ts_tree_cursor_goto_parent_wasm',
] as const;

/** What a walk calls: each is given the address of the tree. */
export type WalkFunctions = Readonly<Record<(typeof FUNCTIONS)[number], (tree: number) => number>>;

/** The functions, of an object that web-tree-sitter has made the runtime's. */
export function walkFunctions(runtime: object): WalkFunctions {
  assert(hasFunctions(runtime), 'web-tree-sitter has other functions than this was written for');
  return runtime;
}

function hasFunctions(runtime: object): runtime is WalkFunctions {
  return FUNCTIONS.every((name) => typeof Reflect.get(runtime, name) === 'function');
}

export class TreeWalk {
  /** Begins at the root. */
  constructor(
    private readonly functions: WalkFunctions,
    private readonly tree: number,
  ) {
    functions._ts_tree_root_node_wasm(tree);
    functions._ts_tree_cursor_new_wasm(tree);
  }

  get fieldId(): number {
    return this.functions._ts_tree_cursor_current_field_id_wasm(this.tree);
  }

  get typeId(): number {
    return this.functions._ts_tree_cursor_current_node_type_id_wasm(this.tree);
  }

  get isNamed(): boolean {
    return this.functions._ts_tree_cursor_current_node_is_named_wasm(this.tree) === 1;
  }

  get isMissing(): boolean {
    return this.functions._ts_tree_cursor_current_node_is_missing_wasm(this.tree) === 1;
  }

  get start(): number {
    return this.functions._ts_tree_cursor_start_index_wasm(this.tree);
  }

  get end(): number {
    return this.functions._ts_tree_cursor_end_index_wasm(this.tree);
  }

  gotoFirstChild(): boolean {
    return this.functions._ts_tree_cursor_goto_first_child_wasm(this.tree) === 1;
  }

  gotoNextSibling(): boolean {
    return this.functions._ts_tree_cursor_goto_next_sibling_wasm(this.tree) === 1;
  }

  gotoParent(): boolean {
    return this.functions._ts_tree_cursor_goto_parent_wasm(this.tree) === 1;
  }

  /** Must be called at the end. */
  finish(): void {
    this.functions._ts_tree_cursor_delete_wasm(this.tree);
  }
}
