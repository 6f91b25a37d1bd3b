/**
 * A run as one HTML file for a class: story, sources, objects, notes and the ladder, in both languages.
 *
 * In: a {@link PageModel}. Out: HTML text that needs nothing else: no server, no network; its policy allows one script and
 * one style by their hashes. Whatever comes from C, scripts, documents or packs is escaped. When it would be too large,
 * objects are left off, then notes, then the ladder, and the page says so.
 */
import type { Bilingual } from '../base/bilingual';
import type { PageCard, PageLanguage, PageModel, PageMoment, PageNote } from './page-model';
import { PAGE_SCRIPT, PAGE_SCRIPT_HASH, PAGE_STYLE, PAGE_STYLE_HASH } from './page-script';

/** Bytes that a page has at most. */
export const MOST_PAGE_BYTES = 3_000_000;

/** What is left off, one after the other, until the page is small enough. */
const cuts: readonly Cut[] = [
  { cards: 12, notes: true, ladder: true },
  { cards: 4, notes: true, ladder: true },
  { cards: 0, notes: true, ladder: true },
  { cards: 0, notes: false, ladder: true },
  { cards: 0, notes: false, ladder: false },
];

interface Cut {
  readonly cards: number;
  readonly notes: boolean;
  readonly ladder: boolean;
}

/** The page, shown in `language` at first; undefined when even the shortest one is too large. */
export function pageHtml(model: PageModel, language: PageLanguage): string | undefined {
  for (const [index, cut] of cuts.entries()) {
    const html = page(model, language, cut, index > 0);
    if (new TextEncoder().encode(html).length <= MOST_PAGE_BYTES) {
      return html;
    }
  }
  return undefined;
}

function page(model: PageModel, language: PageLanguage, cut: Cut, isCut: boolean): string {
  const policy = [
    "default-src 'none'",
    `script-src '${PAGE_SCRIPT_HASH}'`,
    `style-src '${PAGE_STYLE_HASH}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return [
    '<!DOCTYPE html>',
    `<html lang="${language === 'zh' ? 'zh-CN' : 'en'}" data-show="${language}">`,
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    `<title>${escaped(language === 'both' ? `${model.title.zh} · ${model.title.en}` : model.title[language])}</title>`,
    `<style>${PAGE_STYLE}</style>`,
    '</head>',
    '<body>',
    head(model, isCut),
    '<main>',
    ...model.moments.map((moment, index) => momentHtml(moment, index, model.moments.length, cut)),
    cut.ladder && model.ladder ? ladder(model.ladder) : '',
    '</main>',
    `<script>${PAGE_SCRIPT}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function head({ title, about, kernel, isMade }: PageModel, isCut: boolean): string {
  const made = {
    en: 'This run tells no story; its moments are what happened.',
    zh: '这次运行没有故事；各时刻就是发生过的事。',
  };
  const short = { en: 'Parts were left off to keep this page small.', zh: '为控制页面大小，省去了一部分内容。' };
  return `<header>
<h1>${both(title)}</h1>
${paragraphs(about)}
<p class="soft">${both(kernel)}</p>
${isMade ? paragraphs(made) : ''}
${isCut ? paragraphs(short) : ''}
</header>
<nav aria-label="Story 故事">
<button id="previous" type="button">← ${both({ en: 'Previous', zh: '上一个' })}</button>
<span id="here" role="status"></span>
<button id="next" type="button">${both({ en: 'Next', zh: '下一个' })} →</button>
<span class="soft"></span>
<button type="button" data-lang="en" lang="en">English</button>
<button type="button" data-lang="zh" lang="zh-CN">中文</button>
<button type="button" data-lang="both"><span lang="en">English</span> + <span lang="zh-CN">中文</span></button>
</nav>`;
}

function momentHtml(moment: PageMoment, index: number, count: number, cut: Cut): string {
  const { text, predict, answer, problem, values, source, clock, process } = moment;
  const number = index + 1;
  const where = [
    both({ en: `statement ${clock}`, zh: `第 ${clock} 条语句` }),
    ...(process === undefined ? [] : [escaped(process)]),
    ...(source ? [escaped(`${source.function} · ${source.path}`)] : []),
  ].join(' · ');
  return `<section class="moment" id="moment-${number}" tabindex="-1" aria-labelledby="heading-${number}">
<h2 id="heading-${number}">${both({ en: `Moment ${number} of ${count}`, zh: `时刻 ${number} / ${count}` })}</h2>
<div class="told">${paragraphs(text)}</div>
${problem ? paragraphs(problem) : `<p class="soft">${where}</p>`}
${source ? sourceHtml(source.lines, number) : ''}
${values.length > 0 ? `<p>${values.map(({ expression, value }) => `<code>${escaped(`${expression} = ${value}`)}</code>`).join('; ')}</p>` : ''}
${predict ? question(predict, answer) : ''}
${cut.notes ? notesHtml(moment.notes) : ''}
${cardsHtml(moment.cards.slice(0, cut.cards))}
</section>`;
}

function sourceHtml(lines: NonNullable<PageMoment['source']>['lines'], number: number): string {
  const rows = lines.map(
    (line) =>
      `<span class="row${line.isHere ? ' here' : ''}"><span class="number">${line.isHere ? '▶ ' : ''}${line.number}</span>${escaped(line.text)}</span>`,
  );
  return `<pre tabindex="0" role="region" aria-label="C ${number}">${rows.join('')}</pre>`;
}

function question(predict: Bilingual, answer: Bilingual | undefined): string {
  return answer
    ? `<details><summary>${both(predict)}</summary>${paragraphs(answer)}</details>`
    : `<p>${both(predict)}</p>`;
}

function notesHtml(notes: readonly PageNote[]): string {
  if (notes.length === 0) {
    return '';
  }
  const each = notes.map(({ title, text, source }) => {
    const from = source === undefined ? '' : `<p class="soft">${escaped(source)}</p>`;
    return `<div class="note"><strong>${both(title)}</strong>${paragraphs(text)}${from}</div>`;
  });
  return `<details><summary>${both({ en: 'Notes', zh: '注解' })}</summary>${each.join('')}</details>`;
}

function cardsHtml(cards: readonly PageCard[]): string {
  if (cards.length === 0) {
    return '';
  }
  const each = cards.map(({ title, type, summary, rows }) => {
    const caption = `${escaped(title)} <span class="soft">${escaped(type)}</span>${summary === undefined ? '' : `<br>${escaped(summary)}`}`;
    const body = rows.map(
      ({ name, value }) => `<tr><th scope="row">${escaped(name)}</th><td>${escaped(value)}</td></tr>`,
    );
    return `<div class="card"><table><caption>${caption}</caption><tbody>${body.join('')}</tbody></table></div>`;
  });
  return `<details open><summary>${both({ en: 'Objects', zh: '对象' })}</summary><div class="cards">${each.join('')}</div></details>`;
}

function ladder({ en, zh }: Bilingual): string {
  const image = (svg: string, language: 'en' | 'zh', alt: string): string =>
    `<img class="${language}" alt="${alt}" src="data:image/svg+xml,${encodeURIComponent(svg)}">`;
  return `<section aria-labelledby="ladder">
<h2 id="ladder">${both({ en: 'Packets over time', zh: '报文的先后' })}</h2>
<div class="ladder" tabindex="0" role="group" aria-labelledby="ladder">
${image(en, 'en', 'System calls and packets over time')}
${image(zh, 'zh', '系统调用和报文的先后')}
</div>
</section>`;
}

function both({ en, zh }: Bilingual): string {
  return en === zh
    ? escaped(en)
    : `<span class="en" lang="en">${escaped(en)}</span><span class="and"> · </span><span class="zh" lang="zh-CN">${escaped(zh)}</span>`;
}

function paragraphs({ en, zh }: Bilingual): string {
  const one = (text: string, language: 'en' | 'zh'): string =>
    text === '' ? '' : `<p class="${language}" lang="${language === 'zh' ? 'zh-CN' : 'en'}">${escaped(text)}</p>`;
  return one(en, 'en') + one(zh, 'zh');
}

/** As text of HTML and as a quoted attribute; what no text may have is shown as a replacement. */
function escaped(text: string): string {
  const signs: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text
    .replace(/[&<>"']/g, (sign) => signs[sign] ?? sign)
    .replace(
      /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
      '\ufffd',
    );
}
