/**
 * The bundled kernel, built by gcc -m32, against what Linux 2.4.0 answered: every case of the syscall oracle, and no
 * memory lost at the end.
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runScript } from './native-kernel';
import { canRun32 } from './run32';
import { type OracleCase, problemsOf, scriptOf } from './oracle-cases';

const ORACLE = resolve(__dirname, '../../../shared/oracles/syscalls.json');

describe.skipIf(!existsSync(ORACLE) || !canRun32())('syscall oracle, native', () => {
  const cases = existsSync(ORACLE) ? (JSON.parse(readFileSync(ORACLE, 'utf8')) as { cases: OracleCase[] }).cases : [];

  it.each(cases.map((oracle) => [oracle.id, oracle.title, oracle] as const))('%s %s', (_id, _title, oracle) => {
    expect(problemsOf(oracle, runScript(scriptOf(oracle)))).toEqual([]);
  });
});
