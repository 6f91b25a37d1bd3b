/** Which Node will do, and what is said of one that will not. */
import { expect, test } from 'vitest';
// @ts-expect-error plain JavaScript, imported first by every script
import * as untyped from '../../scripts/node-version.mjs';
import manifest from '../../package.json';

const { satisfies, nodeComplaint } = untyped as {
  satisfies(version: string, range: string): boolean;
  nodeComplaint(version: string, range: string): string | undefined;
};

test('the range of package.json takes 20, 22 and 24, and what comes after', () => {
  const { node } = manifest.engines;
  const good = ['20.19.0', '20.20.2', '22.13.0', '22.23.3', '23.0.0', '24.0.0', '24.21.0', '100.0.0'];
  const bad = ['8.17.0', '18.20.8', '20.18.3', '21.7.3', '22.12.9'];
  expect([...good, ...bad].filter((version) => satisfies(version, node))).toEqual(good);
});

test('an old Node is told what is needed, a line in each language', () => {
  const { node } = manifest.engines;
  const lines = nodeComplaint('18.20.8', node)!.split('\n');
  expect(lines).toHaveLength(2);
  for (const line of lines) {
    expect(line).toMatch(/20\.19.*22\.13.*18\.20\.8/);
  }
  expect(nodeComplaint('24.0.0', node)).toBeUndefined();
});
