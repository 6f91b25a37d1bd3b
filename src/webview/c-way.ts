/**
 * Text with ways in C in it, drawn so that a line never ends within an arrow, nor between a function and its parentheses.
 *
 * In: `→ sk->tp_pinfo.af_tcp`, `tcp_v4_init_sock()`, `— <tcp_write_timer>`, `retransmit_timer`. Out: a template of the
 * same text; it may go on in the next line behind `->` and `.`, a name behind an underscore.
 */
import { html, type TemplateResult } from 'lit';
import { pieces } from './card-rows';

const ARROW = '->';

/** Names that fit wherever they are shown; few are longer, and each place where a line may end is a node of the page. */
const SHORT = 12;

/** A name of C, `retransmit_timer` or `&ipv4_specific`: where there is no room for it, it goes on behind an underscore. */
export function inWords(name: string): TemplateResult | string {
  return name.length > SHORT && /^&?\w+$/.test(name) ? called(name) : name;
}

export function inC(text: string): TemplateResult | string {
  const [, before = '', name] = /^(|.* )(\w+\(\)|<\w+>)$/.exec(text) ?? [];
  if (name !== undefined) {
    return html`${before}${called(name)}`;
  }
  const parts = pieces(text);
  // Most values have no way in them.
  return parts.length === 1 ? inWords(text) : html`${parts.map(way)}`;
}

function way(piece: string): TemplateResult {
  return piece.endsWith(ARROW)
    ? html`${piece.slice(0, -ARROW.length)}<span class="whole">${ARROW}</span><wbr />`
    : html`${piece}<wbr />`;
}

/** Words of a function's name; the last one keeps the parentheses, or the bracket. */
function called(text: string): TemplateResult {
  const words = text.split(/(?<=_)(?=[a-z0-9])/i);
  return html`${words.slice(0, -1).map((word) => html`${word}<wbr />`)}<span class="whole">${words.at(-1)}</span>`;
}
