/** Nothing of the protocol is forgotten: it is ours, or there is a reason; and the page in docs/ says so. */
import { expect, test } from 'vitest';
import { missingCapabilities, missingRequests } from '../../src/dap/capabilities';
import { ours, page, protocol } from './protocol-table';
import { customNotes, notes } from './protocol-words';

const sorted = (names: readonly string[]): string[] => [...names].sort();

test('the protocol was read', () => {
  expect(protocol.requests.length).toBeGreaterThan(40);
  expect(protocol.events.length).toBeGreaterThan(15);
  expect(protocol.capabilities.length).toBeGreaterThan(40);
});

test('every request is ours or has a reason, and none is both', () => {
  expect(sorted([...ours.requests, ...Object.keys(missingRequests)])).toEqual(sorted(protocol.requests));
});

test('every event is ours', () => {
  expect(sorted(ours.events)).toEqual(sorted(protocol.events));
});

test('every capability is ours or has a reason, and none is both', () => {
  expect(sorted([...ours.capabilities, ...Object.keys(missingCapabilities)])).toEqual(sorted(protocol.capabilities));
});

test.each(['en', 'zh'] as const)('docs/dap.md is what the tables say, in %s', async (language) => {
  const path = language === 'en' ? '../../docs/dap.md' : '../../docs/dap.zh-CN.md';
  await expect(page(language)).toMatchFileSnapshot(path);
});

test('what is said of a request is said of one that there is', () => {
  const known = new Set([...protocol.requests, ...protocol.events]);
  expect(Object.keys(notes).filter((name) => !known.has(name))).toEqual([]);
  expect(Object.keys(customNotes).filter((name) => !ours.custom.includes(name))).toEqual([]);
});
