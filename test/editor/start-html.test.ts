/** The start page: links that are commands of the extension, no script, nothing unescaped. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';

vi.mock('vscode', () => ({
  l10n: {
    t: (text: string, ...args: unknown[]) => text.replace(/\{(\d)\}/g, (_, at: string) => String(args[Number(at)])),
  },
}));
const { startHtml } = await import('../../src/editor/start-html');

const scenario = {
  name: 'tcp-socket',
  title: 'A <socket> & "more"',
  about: 'about it',
  level: '●○○',
  levelText: 'level 1 of 3',
  time: '3 min',
};
const html = startHtml({ scenarios: [scenario], language: 'en', nonce: 'abc123' });

test('it has no script, and its policy allows one style and nothing else', () => {
  expect(html).not.toMatch(/<script|\son\w+=|javascript:|https?:/i);
  expect(html).toContain(`content="default-src 'none'; style-src 'nonce-abc123'"`);
});

test('every link is a command that exists, with arguments that can be read again', () => {
  const links = [...html.matchAll(/<a href="command:([\w.]+)(?:\?([^"]+))?">([^<]+)<\/a>/g)];
  expect(links.length).toBe((html.match(/<a /g) ?? []).length);
  const manifest = readFileSync(fileURLToPath(new URL('../../package.json', import.meta.url)), 'utf8');
  for (const [, command = ''] of links) {
    expect(manifest.includes(`"command": "${command}"`) || command.startsWith('workbench.'), command).toBe(true);
  }
  expect(JSON.parse(decodeURIComponent(links[0]?.[2] ?? ''))).toEqual(['tcp-socket']);
});

test('texts are escaped; the language is told, and a level is said in words', () => {
  expect(html).toContain('A &#60;socket&#62; &#38; &#34;more&#34;');
  expect(html).toContain('<html lang="en">');
  expect(html).toContain('role="img" aria-label="level 1 of 3"');
});
