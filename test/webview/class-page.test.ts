/** The page for a class: its policy, what is escaped, how it behaves in a browser from disk, its size. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MOST_PAGE_BYTES, pageHtml } from '../../src/page/page-html';
import type { PageModel, PageMoment } from '../../src/page/page-model';
import { PAGE_SCRIPT, PAGE_SCRIPT_HASH, PAGE_STYLE, PAGE_STYLE_HASH } from '../../src/page/page-script';
import { axeFindings } from './axe';
import { findChromium } from './browser-page';

const evil = '</script><script>document.title="no"</script><img src=x onerror=alert(1)> "\' & \u202e';

function moment(text: string, cards = 1): PageMoment {
  const rows = [{ name: 'num', value: evil }];
  return {
    clock: 12,
    process: 'A',
    text: { en: `${text}.`, zh: `${text}（中文）。` },
    predict: { en: 'And then?', zh: '然后呢？' },
    answer: { en: 'The next one.', zh: '下一个。' },
    values: [{ expression: 'sk->num', value: evil }],
    source: {
      function: 'inet_bind',
      path: 'net/ipv4/af_inet.c',
      lines: [1, 2, 3].map((number) => ({ number, text: `\tline ${number} ${evil}`, isHere: number === 2 })),
    },
    cards: Array.from({ length: cards }, () => ({ title: evil, type: 'struct sock', summary: evil, rows })),
    notes: [{ title: { en: 'A note', zh: '一条注解' }, text: { en: evil, zh: evil } }],
  };
}

const model: PageModel = {
  title: { en: `Title ${evil}`, zh: `标题 ${evil}` },
  about: { en: 'About.', zh: '说明。' },
  kernel: { en: evil, zh: evil },
  isMade: false,
  moments: ['First', 'Second', 'Third'].map((text) => moment(text)),
  ladder: {
    en: '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>',
    zh: '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>',
  },
};

test('the policy lets just this script and this style in', () => {
  const hash = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;
  expect([PAGE_SCRIPT_HASH, PAGE_STYLE_HASH]).toEqual([hash(PAGE_SCRIPT), hash(PAGE_STYLE)]);
  const html = pageHtml(model, 'en') ?? '';
  expect(html).toContain("default-src 'none'");
  expect(html.match(/<script/g)).toHaveLength(1);
  expect(html).not.toMatch(/<img src=x|style="|https?:\/\/(?!www\.w3\.org)/);
});

test('what would be too large is left off, and the page says so', () => {
  const large = { ...model, moments: Array.from({ length: 200 }, (_, i) => moment(`${i} ${'x'.repeat(6000)}`, 60)) };
  const html = pageHtml(large, 'en') ?? '';
  expect(new TextEncoder().encode(html).length).toBeLessThanOrEqual(MOST_PAGE_BYTES);
  expect(html).toContain('Parts were left off');
  expect(pageHtml({ ...model, about: { en: 'x'.repeat(MOST_PAGE_BYTES), zh: '' } }, 'en')).toBeUndefined();
});

const executablePath = findChromium();
describe.skipIf(executablePath === undefined)('in a browser, from disk', () => {
  let browser: Browser;
  let folder: string;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    folder = mkdtempSync(join(tmpdir(), 'page-'));
    writeFileSync(join(folder, 'page.html'), pageHtml(model, 'en') ?? '');
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  async function opened(colorScheme: 'dark' | 'light', scripts = true): Promise<{ page: Page; problems: string[] }> {
    const context = await browser.newContext({ colorScheme, javaScriptEnabled: scripts, bypassCSP: false });
    const page = await context.newPage();
    const problems: string[] = [];
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    page.on('request', (request) => {
      if (!/^(file|data):/.test(request.url())) {
        problems.push(request.url());
      }
    });
    await page.goto(pathToFileURL(join(folder, 'page.html')).toString());
    return { page, problems };
  }

  test('leads from moment to moment, in either language, and nothing that was put in runs', async () => {
    const { page, problems } = await opened('light');
    const shown = (): Promise<string[]> => page.locator('.moment:visible .told').allInnerTexts();
    expect(await shown()).toEqual(['First.']);
    await page.getByRole('button', { name: 'Next' }).click();
    await page.keyboard.press('PageDown');
    expect(await shown()).toEqual(['Third.']);
    expect(await page.getByRole('button', { name: 'Next' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: '中文', exact: true }).click();
    expect(await shown()).toEqual(['Third（中文）。']);
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    await page.getByRole('button', { name: 'English + 中文' }).click();
    expect(await page.locator('.moment:visible .told p:visible').allInnerTexts()).toEqual([
      'Third.',
      'Third（中文）。',
    ]);
    expect(await page.locator('.moment:visible h2').innerText()).toMatch(/^Moment 3 of 3 · 时刻 3 \/ 3$/);
    expect(await page.locator('.ladder img:visible').count()).toBe(1);
    expect(await page.title()).not.toBe('no');
    expect(problems).toEqual([]);
    await page.emulateMedia({ media: 'print' });
    expect((await shown()).length).toBe(3);
  });

  test('the next moment begins at its beginning, wherever one has scrolled to', async () => {
    const long = { ...model, moments: ['First', 'Second'].map((text) => moment(text, 200)) };
    writeFileSync(join(folder, 'long.html'), pageHtml(long, 'en') ?? '');
    const page = await browser.newPage();
    await page.goto(pathToFileURL(join(folder, 'long.html')).toString());
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
    await page.keyboard.press('PageDown');
    expect(await page.locator('#heading-2').evaluate((heading) => heading.getBoundingClientRect().top)).toBeGreaterThan(
      0,
    );
    expect(await page.locator('#heading-2').evaluate((heading) => heading.getBoundingClientRect().top)).toBeLessThan(
      200,
    );
  });

  test('all is there without the script', async () => {
    const { page } = await opened('dark', false);
    expect(await page.locator('.moment:visible').count()).toBe(3);
  });

  test('begins with both languages where the reader has both', async () => {
    writeFileSync(join(folder, 'both.html'), pageHtml(model, 'both') ?? '');
    const page = await browser.newPage();
    await page.goto(pathToFileURL(join(folder, 'both.html')).toString());
    expect(await page.locator('.moment:visible .told p:visible').allInnerTexts()).toEqual([
      'First.',
      'First（中文）。',
    ]);
    expect(await page.getByRole('button', { pressed: true }).allInnerTexts()).toEqual(['English + 中文']);
  });

  test.each(['light', 'dark'] as const)('can be read by everybody, %s', async (scheme) => {
    const { page } = await opened(scheme);
    expect(await axeFindings(page)).toEqual([]);
  });
});
