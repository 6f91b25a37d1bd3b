/**
 * Places by name, and the way to every label and return of the documented functions. Labels and returns are looked up in
 * the text of the C, not in debug information; the scenarios run once for all of them.
 */
import { given, itemAt } from '../../src/base/checked-access';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { openProgram } from '../../src/facade/open-session';
import type { Program } from '../../src/compile/program';
import { placeNamed } from '../../src/facade/reach-place';
import { coverScenarios } from '../../src/facade/scenario-coverage';
import { mediaTexts } from '../cli/cli-fixture';

const documented = [
  'inet_create',
  'sock_init_data',
  'tcp_v4_init_sock',
  'raw_init',
  'inet_bind',
  'raw_bind',
  'inet_listen',
  'tcp_listen_start',
  'inet_accept',
  'tcp_accept',
  'wait_for_connect',
  'inet_stream_connect',
  'inet_wait_for_connect',
];
const root = fileURLToPath(new URL('../../', import.meta.url));
const wasm = (path: string): Uint8Array => new Uint8Array(readFileSync(`${root}node_modules/${path}`));

let program: Program;
let covered: Uint8Array;

beforeAll(async () => {
  const media = mediaTexts();
  const opened = await openProgram({
    media,
    wasm: { runtime: wasm('web-tree-sitter/web-tree-sitter.wasm'), grammar: wasm('tree-sitter-c/tree-sitter-c.wasm') },
  });
  program = given(opened.program, 'program');
  covered = new Uint8Array(program.image.debug.statements.length);
  for await (const each of coverScenarios(media, program, { breathe: () => Promise.resolve(false) })) {
    each.covered.forEach((bit, index) => (covered[index]! |= bit));
  }
});

/** Labels and returns in the text of a function, comments left out, with their lines. */
function spotsInText(name: string): { file: string; labels: { name: string; line: number }[]; returns: number[] } {
  const { debug } = program.image;
  const fn = given(
    debug.functions.find((each) => each.name === name && each.kind === 'compiled'),
    'such item',
  );
  const file = itemAt(debug.files, fn.file);
  const whole = given(program.loader.load(file), 'file').text;
  const first = whole.slice(0, fn.start).split('\n').length;
  const lines = whole
    .slice(fn.start, fn.end)
    .replace(/\/\*[^]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
    .split('\n');
  const labels = lines.flatMap((text, index) => {
    const label = /^\s*(\w+):(?!:)/.exec(text)?.[1];
    return label === undefined || label === 'default' ? [] : [{ name: label, line: first + index }];
  });
  return { file, labels, returns: lines.flatMap((text, index) => (/\breturn\b/.test(text) ? [first + index] : [])) };
}

/**
 * Expects that all these words name the same statement, on the line (a label: on it or below), and that a scenario
 * executes it.
 */
function check(words: readonly string[], line: number, exact: boolean): void {
  const places = words.map((word) => placeNamed(word, program).place);
  expect(
    places.map((place) => place?.statement),
    words.join(),
  ).toEqual(words.map(() => places[0]?.statement));
  const { statement, line: found } = given(places[0], 'place');
  expect(exact ? found === line : found >= line && found <= line + 4, `${words[0]}: line ${found} for ${line}`).toBe(
    true,
  );
  expect(covered[statement], `${words[0]} is executed`).not.toBe(0);
}

describe('every label and return of the documented functions can be named and is reached', () => {
  test.each(documented)('%s', (name) => {
    const { file, labels, returns } = spotsInText(name);
    for (const { name: label, line } of labels) {
      check([`${name}:${label}`, `${name}:${label}:`, ` ${name} : ${label}`, `${file}:${name}:${label}`], line, false);
    }
    returns.forEach((line, index) => {
      const nth = index + 1;
      check(
        [
          `${name}:${line}`,
          `${file}:${line}`,
          `media/kernel/${file}:${line}`,
          `${name}:return ${nth}`,
          `${name}:return#${nth}`,
          `${name}:return:${nth}`,
          ...(nth === 1 ? [`${name}:return`] : []),
        ],
        line,
        true,
      );
    });
    expect(returns.length > 0 || name === 'sock_init_data').toBe(true);
  });
});

describe('other places', () => {
  const there = (word: string): unknown => placeNamed(word, program).place;
  test('a function without return ends with its last statement', () =>
    expect(there('sock_init_data:return')).toEqual(there('sock_init_data:end')));
  test('a statement by its text', () => expect(there('tcp_accept:return newsk')).toEqual(there('tcp_accept:return 1')));
  test('a return by its value', () => expect(there('inet_create:return -ENOBUFS')).toBeDefined());
  test('a line by the name of its file alone', () => expect(there('tcp.c:100')).toEqual(there('net/ipv4/tcp.c:100')));
  test.each([
    'tcp_accept:nowhere',
    'tcp_accept:return 3',
    'tcp_accept:1',
    'tcp_accept:return 0',
    'no_such_function:out',
    'tcp.c:1',
    'nofile.c:1',
    'icmp.c:tcp_accept',
    '',
    ':',
    '::',
    'tcp_accept::out:',
  ])('%j names nothing', (word) => expect(there(word)).toBeUndefined());
  test('what there is instead', () =>
    expect(placeNamed('tcp_accept:nowhere', program)).toMatchObject({
      spots: { function: 'tcp_accept', labels: ['out'] },
    }));
});

test('the scenarios execute every statement of the documented functions', () => {
  const { debug } = program.image;
  const missed = debug.functions
    .filter(({ name, kind }) => documented.includes(name) && kind === 'compiled')
    .flatMap((fn) =>
      debug.statements
        .slice(fn.firstStatement, fn.firstStatement + fn.statementCount)
        .filter((_, index) => !covered[fn.firstStatement + index])
        .map(({ line }) => `${fn.name}:${line}`),
    );
  expect(missed).toEqual([]);
});
