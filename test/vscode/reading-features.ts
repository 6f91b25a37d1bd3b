/**
 * What must hold of every tree that is read in VS Code: symbols by name, calls through tables of functions, members,
 * types, references, callers, a file with errors, the outline, that renaming is refused. In: a workbench that stands in
 * the tree, and where in its files what is to be found. Out: tests, one for each feature.
 */
import { basename, dirname } from 'node:path';
import { expect, test } from 'vitest';
import {
  closePeek,
  cursor,
  followsTo,
  goTo,
  goToSymbol,
  hoverAtCursor,
  peek,
  placeIn,
  refusesRename,
  rowsOfPeek,
} from './reading-places';
import { type Workbench, quickType } from './workbench';

/** A word in a file, in the first line that has a text; a symbol of the file leads there. */
export interface Seek {
  readonly path: string;
  readonly symbol: string;
  readonly text: string;
  readonly word?: string;
}

/** A tree, and what is to be found in it. */
export interface ReadTree {
  /** Begins the names of pictures. */
  readonly name: string;
  readonly source: (path: string) => string;
  /** Where a function is called through a table, and the function with that call. */
  readonly call: Seek;
  readonly caller: Seek;
  /** The first function of those that the call leads to; the file and the tables that hold it; others, by their files. */
  readonly callee: Seek;
  readonly tables: readonly string[];
  readonly others: readonly string[];
  /** A member in use and in its struct; a variable in use and its type. */
  readonly member: readonly [use: Seek, definition: Seek];
  readonly type: readonly [use: Seek, definition: Seek];
  /** A member, and all files that use it. */
  readonly referenced: { readonly at: Seek; readonly files: readonly string[] };
  /** A call in a function of a file that no grammar takes, and what it leads to. */
  readonly damaged: { readonly call: Seek; readonly definition: Seek };
  /** A header with a struct, a member of it and a macro. */
  readonly outline: { readonly record: string; readonly member: Seek; readonly macro: string };
  /** Of the sentence that refuses to rename. */
  readonly noRename: string;
}

/** VS Code goes to the first of several definitions, and lists the rest only when it is asked to. */
export const readingSettings = {
  'editor.gotoLocation.multipleDefinitions': 'goto',
  'editor.gotoLocation.multipleImplementations': 'peek',
  'editor.gotoLocation.multipleReferences': 'peek',
};

/** Puts the cursor to a word of a tree. */
export async function goToWord(workbench: Workbench, { source }: Pick<ReadTree, 'source'>, seek: Seek): Promise<void> {
  await goToSymbol(workbench, seek.symbol, basename(seek.path));
  await goTo(workbench, placeIn(source(seek.path), seek.text, seek.word));
}

/** The hover at a word of a tree, once it says something. */
export async function hoverAtWord(
  workbench: Workbench,
  tree: Pick<ReadTree, 'source'>,
  seek: Seek,
  wanted: RegExp,
): Promise<string> {
  await goToWord(workbench, tree, seek);
  return hoverAtCursor(workbench, wanted);
}

/** What the status bar says where the cursor is at a word. */
function shownAt({ source }: ReadTree, { path, text, word }: Seek): string {
  const { line, shown } = placeIn(source(path), text, word);
  return `${basename(path)}:${line}:${shown}`;
}

/** The features, one test for each. */
export function testsReading(opened: () => Workbench, tree: ReadTree): void {
  test('a symbol of the tree is found by its name', async () => {
    await goToSymbol(opened(), tree.caller.symbol, basename(tree.caller.path));
    expect(await cursor(opened())).toBe(shownAt(tree, tree.caller));
  });
  testsCalls(opened, tree);
  testsNames(opened, tree);

  test('a file with errors can be read like any other', async () => {
    const { call, definition } = tree.damaged;
    await goToWord(opened(), tree, call);
    await followsTo(opened(), shownAt(tree, definition));
    await goToWord(opened(), tree, call);
    const list = await peek(opened(), 'Go to References', new RegExp(basename(call.path)));
    expect(list).toContain(basename(definition.path));
    await opened().screenshot(`${tree.name}-damaged`);
    await closePeek(opened());
    await quickType(opened().page, 'F1', `@${call.symbol}`, call.symbol);
    await opened().page.keyboard.press('Escape');
  });

  test('the outline has structs with their members, and macros', async () => {
    const { record, member, macro } = tree.outline;
    await goToSymbol(opened(), record, basename(member.path));
    await quickType(opened().page, 'F1', `@${macro}`, macro);
    await opened().page.keyboard.press('Escape');
    await quickType(opened().page, 'F1', `@${member.symbol}`, member.symbol);
    await opened().screenshot(`${tree.name}-outline`);
    await opened().page.keyboard.press('Enter');
    const { line } = placeIn(tree.source(member.path), member.text, member.word);
    await expect.poll(() => cursor(opened())).toContain(`${basename(member.path)}:${line}:`);
  });

  test('renaming is refused with the reason', async () => {
    await goToSymbol(opened(), tree.callee.symbol, basename(tree.callee.path));
    await refusesRename(opened(), tree.noRename);
    await opened().screenshot(`${tree.name}-no-rename`);
  });
}

function testsCalls(opened: () => Workbench, tree: ReadTree): void {
  test('a call through a table leads to the function, and when asked to all tables', async () => {
    await goToWord(opened(), tree, tree.call);
    await followsTo(opened(), shownAt(tree, tree.callee));
    await closePeek(opened());
    await goToWord(opened(), tree, tree.call);
    const file = basename(tree.callee.path);
    await peek(opened(), 'Go to Implementations', /Implementations \(\d+\)[^]*\.c/);
    const rows = await rowsOfPeek(opened());
    // The function, and where each table has it.
    const row = new RegExp(`^${file} ?${dirname(tree.callee.path)} ${1 + tree.tables.length}$`);
    expect(rows).toContainEqual(expect.stringMatching(row));
    for (const other of tree.others) {
      expect(rows).toContainEqual(expect.stringMatching(new RegExp(`^${other} ?net/`)));
    }
    await opened().screenshot(`${tree.name}-implementations`);
    await closePeek(opened());
  });

  test('callers are found through tables', async () => {
    await goToSymbol(opened(), tree.callee.symbol, basename(tree.callee.path));
    const list = await peek(opened(), 'Peek Call Hierarchy', new RegExp(tree.caller.symbol));
    expect(list).toContain(tree.tables.join(', '));
    await opened().screenshot(`${tree.name}-callers`);
    await closePeek(opened());
  });
}

function testsNames(opened: () => Workbench, tree: ReadTree): void {
  test('a member leads to its struct, a variable to the definition of its type', async () => {
    const [use, definition] = tree.member;
    await goToWord(opened(), tree, use);
    await followsTo(opened(), shownAt(tree, definition));
    const [variable, record] = tree.type;
    await goToWord(opened(), tree, variable);
    await opened().runCommand('Go to Type Definition');
    await expect.poll(() => cursor(opened())).toBe(shownAt(tree, record));
  });

  test('references of a member are those of its struct, in every file', async () => {
    const { at, files } = tree.referenced;
    await goToWord(opened(), tree, at);
    const list = await peek(opened(), 'Go to References', new RegExp(files.at(-1) ?? ''));
    for (const file of files) {
      expect(list).toContain(file);
    }
    await opened().screenshot(`${tree.name}-references`);
    await closePeek(opened());
  });
}
