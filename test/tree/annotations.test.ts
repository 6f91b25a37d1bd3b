/**
 * The notes on a real Linux 2.4, where `SOCKSCOPE_KERNEL` names one: of the functions of the socket notes every statement
 * has a note and every name an explanation, no entry is about what the tree does not have, few other notes find no
 * place, runs bear out what the notes claim, and come to the moments of the stories.
 */
import { given } from '../../src/base/checked-access';
import { expect, test } from 'vitest';
import { diskTree } from '../../src/hosts/disk-tree';
import { sockscope } from '../cli/cli-fixture';
import { realTree } from './tree-fixture';

interface Answer {
  readonly [list: string]: readonly unknown[];
}

test.skipIf(!realTree)('notes fit the tree', async () => {
  const { out, status } = await sockscope('annotations --check --json --kernel tree', {
    trees: { tree: diskTree(given(realTree, 'real tree')) },
  });
  const { orphans, stale, bareStatements, unexplained, aboutNothing, others, claims, stories } = JSON.parse(
    out,
  ) as Answer & {
    readonly others: { readonly percent: number };
    readonly claims: { readonly passed: number; readonly failed: readonly unknown[] };
    readonly stories: { readonly failed: readonly unknown[] };
  };
  expect({ orphans, stale, bareStatements, unexplained, aboutNothing, failed: claims.failed, status }).toEqual({
    orphans: [],
    stale: [],
    bareStatements: [],
    unexplained: [],
    aboutNothing: [],
    failed: [],
    status: 0,
  });
  expect(others.percent).toBeLessThanOrEqual(3);
  expect(claims.passed).toBeGreaterThanOrEqual(150);
  expect(stories.failed).toEqual([]);
});
