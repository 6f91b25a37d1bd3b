/**
 * The wasm text of small C functions, both bodies, compared with golden files; CONTRIBUTING.md says how they are
 * rewritten. Where memory is laid out moves with every change of its map, so those constants are named.
 */
import { itemAt, lastOf, valueAt } from '../../src/base/checked-access';
import { expect, test } from 'vitest';
import wabt from 'wabt';
import type { Image } from '../../src/abi/image';
import { FIRST_FUNCTION } from '../../src/wasm/target';
import { programs } from '../ir/golden-programs';
import { prepare } from '../machine/c-machine';

/** Longest line of a golden file. */
const WIDTH = 120;

/** The free and the resumable body of `run`, as text. */
async function bodiesOf(image: Image): Promise<{ readonly free: string; readonly resumable: string }> {
  const tools = await wabt();
  const module = tools.readWasm(image.wasm, { readDebugNames: false });
  const text = module.toText({ foldExprs: true, inlineExport: false });
  module.destroy();
  const functions = new Map(
    text.split(/^(?= {2}\()/m).flatMap((part) => {
      const index = /^ {2}\(func \(;(\d+);\)/.exec(part)?.[1];
      return index === undefined ? [] : [[Number(index), layOut(treeOf(symbolic(part, image)))] as const];
    }),
  );
  const id = image.functionIds['run']!;
  const compiled = image.debug.functions.flatMap(({ kind }, index) => (kind === 'compiled' ? [index] : []));
  const resumable = FIRST_FUNCTION + image.debug.functions.length + compiled.indexOf(id);
  return { free: valueAt(functions, FIRST_FUNCTION + id), resumable: valueAt(functions, resumable) };
}

type Tree = string | readonly Tree[];

/** Parenthesised text as a tree; comments are left out. */
function treeOf(text: string): Tree {
  const open: Tree[][] = [[]];
  for (const [token] of text.replace(/;;.*|\(;\d+;\)|\(;@\d+;\)/g, '').matchAll(/[()]|[^\s()]+/g)) {
    if (token === '(') {
      open.push([]);
    } else if (token === ')') {
      const done = open.pop()!;
      lastOf(open).push(done);
    } else {
      lastOf(open).push(token);
    }
  }
  return itemAt(itemAt(open, 0), 0);
}

const flat = (tree: Tree): string => (typeof tree === 'string' ? tree : `(${tree.map(flat).join(' ')})`);

/** A tree on one line where it fits, else with a line for each branch. */
function layOut(tree: Tree, indent = ''): string {
  const line = indent + flat(tree);
  if (typeof tree === 'string' || line.length <= WIDTH) {
    return line;
  }
  const first = tree.findIndex((part) => typeof part !== 'string');
  const head = `${indent}(${tree.slice(0, first).join(' ')}`;
  return `${[head, ...tree.slice(first).map((part) => layOut(part, `${indent}  `))].join('\n')})`;
}

function symbolic(text: string, { map }: Image): string {
  const names = new Map([
    [map.shadowStart, 'shadow'],
    [map.flagsStart, 'flags'],
    [map.dataStart, 'data'],
    [map.heapStart, 'heap'],
    [map.slabStart, 'slab'],
  ]);
  const named = (number: number): string => {
    const name = names.get(number) ?? (number > map.flagsStart && number < map.flagsEnd ? 'flags' : undefined);
    return name === undefined
      ? String(number)
      : `$${name}${name === 'flags' && number !== map.flagsStart ? `+${number - map.flagsStart}` : ''}`;
  };
  return text.replace(/(?<=\b(?:i32\.const |offset=))\d+/g, (number) => named(Number(number))).trimEnd();
}

/** What the programs call is no matter here: services that do nothing. */
const nothing = Object.fromEntries(['other', 'print', 'fill', 'both'].map((name) => [name, () => 0]));

test.each(Object.keys(programs))('%s', async (name) => {
  const text = programs[name]!;
  const { machine } = await prepare(text, 'run', [], nothing);
  const { free, resumable } = await bodiesOf(machine.image);
  await expect(`${text}\n;; free\n${free}\n\n;; resumable\n${resumable}\n`).toMatchFileSnapshot(`goldens/${name}.wat`);
});
