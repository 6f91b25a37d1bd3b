/**
 * HTML in a document: tags, entities, scripts and styles taken out of what is seen.
 *
 * In: the {@link SeenText}, and the ranges that are HTML. Out: the regions set in `<pre>`; everything else is blanked in
 * place. Nothing is interpreted: a tag is `<` with the name of an element, up to its `>` outside quotes, so that whatever
 * stands in an attribute is gone. A tag that breaks lines becomes a line end.
 */
import { itemAt } from '../base/checked-access';
import type { Block, TextRange } from './blocks';
import type { SeenText } from './seen-text';

const elements = new Set(
  (
    'a abbr address area article aside audio b base bdi bdo big blockquote body br button canvas caption center cite ' +
    'code col colgroup data datalist dd del details dfn dialog div dl dt em embed fieldset figcaption figure font ' +
    'footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins kbd label legend li link ' +
    'main map mark meta nav noscript object ol optgroup option output p param picture pre progress q rp rt ruby s samp ' +
    'script section select small source span strike strong style sub summary sup svg path table tbody td template ' +
    'textarea tfoot th thead time title tr tt u ul var video wbr xmp'
  ).split(' '),
);

const breaking = new Set(
  'address article blockquote br dd div dl dt fieldset h1 h2 h3 h4 h5 h6 hr li ol p pre section table tr ul'.split(' '),
);

const named: Readonly<Record<string, number>> = {
  lt: 60,
  gt: 62,
  amp: 38,
  quot: 34,
  apos: 39,
  nbsp: 32,
  ensp: 32,
  emsp: 32,
  thinsp: 32,
  tab: 9,
  newline: 10,
  hellip: 0x2026,
  ndash: 0x2013,
  mdash: 0x2014,
  minus: 0x2212,
  lsquo: 0x2018,
  rsquo: 0x2019,
  ldquo: 0x201c,
  rdquo: 0x201d,
  times: 0xd7,
  le: 0x2264,
  ge: 0x2265,
  ne: 0x2260,
  rarr: 0x2192,
  lbrace: 123,
  rbrace: 125,
  lpar: 40,
  rpar: 41,
  semi: 59,
  ast: 42,
  num: 35,
  excl: 33,
  lowbar: 95,
  shy: 0xad,
  zwnj: 0x200c,
  zwj: 0x200d,
};

const PRE = /^(?:pre|xmp)$/;

/** Pages that colour a listing keep its text beside it, where nobody sees it. */
const hideable = /^(?:pre|xmp|textarea)$/;
const hiding = /\bstyle\s*=\s*["'][^"']*display\s*:\s*none/i;

/**
 * Blanks the HTML of the ranges. `all`: the ranges are HTML throughout. `pre-only`: Markdown, of which only what stands in
 * `<pre>` is touched.
 */
export function htmlRegions(seen: SeenText, ranges: readonly TextRange[], what: 'all' | 'pre-only'): Block[] {
  return ranges.flatMap(({ start, end }) => new HtmlReader(seen, start, end, what === 'all').read());
}

class HtmlReader {
  private readonly blocks: Block[] = [];
  private pre: { mark: number; start: number } | undefined;
  /** What is certain not to come any more. */
  private readonly gone = new Set<string>();
  /** Where what was looked for was found last, so that looking again from before it costs nothing. */
  private readonly found = new Map<string, { from: number; at: number }>();
  private readonly source: string;

  constructor(
    private readonly seen: SeenText,
    private readonly from: number,
    private readonly to: number,
    private readonly all: boolean,
  ) {
    this.source = seen.original;
  }

  read(): Block[] {
    const { codes } = this.seen;
    for (let at = this.from; at < this.to;) {
      if (codes[at] === 60) {
        at = this.tag(at);
      } else if (codes[at] === 38 && this.active) {
        at = this.entity(at);
      } else {
        at++;
      }
    }
    if (this.pre) {
      this.blocks.push({ ...this.pre, end: this.to, set: 'pre', open: true });
    }
    return this.blocks;
  }

  /** Whether what is read now is HTML that is to be blanked. */
  private get active(): boolean {
    return this.all || this.pre !== undefined;
  }

  private find(text: string, from: number): number {
    if (this.gone.has(text)) {
      return -1;
    }
    const last = this.found.get(text);
    if (last && last.from <= from && from <= last.at) {
      return last.at;
    }
    const at = this.source.indexOf(text, from);
    if (at < 0 || at >= this.to) {
      this.gone.add(text);
      return -1;
    }
    this.found.set(text, { from, at });
    return at;
  }

  private tag(at: number): number {
    const found = /^<(?:!--|!\w|\?\w|(\/?)([a-z][a-z0-9-]*))/i.exec(this.source.slice(at, at + 24));
    if (!found) {
      return at + 1;
    }
    if (found[2] === undefined) {
      return this.active && this.all ? this.declaration(at, found[0]) : at + 1;
    }
    const name = found[2].toLowerCase();
    const behind = at + found[0].length;
    if (
      !elements.has(name) ||
      (name.length === 1 && !/^(?:\s*\/?>|\s+[\w-]+\s*=)/.test(this.source.slice(behind, behind + 40)))
    ) {
      return at + 1;
    }
    const end = this.endOfTag(behind);
    const closing = found[1] === '/';
    if (end === undefined) {
      return at + 1;
    }
    if (this.all && !closing && hideable.test(name) && hiding.test(this.source.slice(behind, end))) {
      return this.hidden(at, end, name);
    }
    if (PRE.test(name)) {
      return this.preTag(at, end, closing);
    }
    if (!this.active) {
      return end;
    }
    if (!closing && (name === 'script' || name === 'style')) {
      return this.hidden(at, end, name);
    }
    // Where every line is a `code` of its own, nothing else ends the lines.
    const line = name === 'code' && !closing && /<\/code>$/i.test(this.source.slice(Math.max(this.from, at - 7), at));
    this.blank(at, end, line || (breaking.has(name) && !this.breaksAlready(at, end)));
    return end;
  }

  /** A line end stands beside it in the text already. */
  private breaksAlready(at: number, end: number): boolean {
    return /^[ \t]*\r?\n/.test(this.source.slice(end, end + 40)) || this.source[at - 1] === '\n';
  }

  private blank(at: number, end: number, breaks: boolean): void {
    this.seen.replace('tag', at, end, breaks ? '\n' : '');
    if (!breaks) {
      this.closeBehind(end);
    }
  }

  private preTag(at: number, end: number, closing: boolean): number {
    if (!closing && !this.pre) {
      this.seen.replace('tag', at, end);
      this.pre = { mark: at, start: end };
    } else if (closing && this.pre) {
      this.seen.replace('tag', at, end);
      this.blocks.push({ ...this.pre, end: at, set: 'pre' });
      this.pre = undefined;
    } else if (this.active) {
      this.seen.replace('tag', at, end, '\n');
    }
    return end;
  }

  private hidden(at: number, end: number, name: string): number {
    const closes = new RegExp(`</${name}`, 'gi');
    closes.lastIndex = end;
    const found = this.gone.has(name) ? null : closes.exec(this.source);
    if (!found || found.index >= this.to) {
      this.gone.add(name);
      this.seen.replace('tag', at, this.to);
      return this.to;
    }
    const close = this.find('>', found.index);
    const stop = close < 0 ? this.to : close + 1;
    this.seen.replace('tag', at, stop);
    return stop;
  }

  private declaration(at: number, mark: string): number {
    const comment = mark === '<!--';
    const close = this.find(comment ? '-->' : '>', at);
    const end = close < 0 ? at + mark.length : close + (comment ? 3 : 1);
    this.seen.replace('tag', at, end);
    return end;
  }

  /** Behind the `>` of a tag; undefined when none comes. */
  private endOfTag(from: number): number | undefined {
    let at = from;
    for (;;) {
      const close = this.find('>', at);
      if (close < 0) {
        return undefined;
      }
      const quotes = ['"', "'"].map((each) => this.find(each, at)).filter((each) => each >= 0 && each < close);
      const quote = Math.min(...quotes);
      if (quotes.length === 0 || !/=\s*$/.test(this.source.slice(Math.max(from, quote - 8), quote))) {
        return close + 1;
      }
      const ends = this.find(itemAt(this.source, quote), quote + 1);
      if (ends < 0) {
        return close + 1;
      }
      at = ends + 1;
    }
  }

  private entity(at: number): number {
    const found = /^&(?:#(\d{1,6})|#[xX]([0-9a-fA-F]{1,5})|([a-zA-Z]{2,8}));/.exec(this.source.slice(at, at + 12));
    if (!found) {
      return at + 1;
    }
    const [whole, decimal, hex, name = ''] = found;
    const code = decimal ? Number(decimal) : hex ? parseInt(hex, 16) : (named[name] ?? named[name.toLowerCase()]);
    if (code === undefined || code === 0 || code > 0x10ffff) {
      return at + whole.length;
    }
    const end = at + whole.length;
    this.seen.replace('entity', at, end, code === 160 ? ' ' : String.fromCodePoint(code));
    if (code > 32) {
      this.seen.closeGap(at);
    }
    this.closeBehind(end);
    return end;
  }

  /** An entity or a tag that follows is read first. */
  private closeBehind(end: number): void {
    if (this.source[end] !== '&' && this.source[end] !== '<') {
      this.seen.closeGap(end);
    }
  }
}
