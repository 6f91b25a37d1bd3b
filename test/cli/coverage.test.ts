import { expect, test } from 'vitest';
import { sockscope } from './cli-fixture';

/** The functions that the socket notes go through, statement by statement. */
const DOCUMENTED = [
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
/** Share of the statements of any other function that scenarios run at least. */
const FLOOR = 0.9;

interface Row {
  readonly function: string;
  readonly file: string;
  readonly statements: number;
  readonly executed: number;
}

test('the bundled scenarios execute the bundled kernel, function by function', async () => {
  const run = await sockscope('coverage --json');
  const rows = JSON.parse(run.out) as Row[];
  expect(run.status).toBe(0);
  expect(rows.length).toBeGreaterThan(400);
  const share = (name: string): number | undefined =>
    rows
      .filter((row) => row.function === name)
      .map(({ executed, statements }) => executed / statements)
      .at(0);
  expect(DOCUMENTED.filter((name) => share(name) !== 1)).toEqual([]);
  const below = rows.filter(({ executed, statements }) => executed < FLOOR * statements);
  expect(below.map((row) => `${row.function} (${row.file}): ${row.executed} of ${row.statements}`)).toEqual([]);
});
