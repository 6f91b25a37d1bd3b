/**
 * All about the field that has the focus: what it is called in C, its type, where it lies, its whole value, the note on it.
 *
 * In: a row and its card, the note when the extension has answered. Out: a template that lies over the board, away from the
 * row.
 */
import { html, nothing, type TemplateResult } from 'lit';
import type { CardModel, NoteLanguage, NoteModel, RowModel } from '../protocol/inspector-model';
import { inC } from './c-way';
import { noteView } from './notes-view';
import { fill, type Words } from './strings';
import { hexText, valueText } from './wording';

export interface RowDetail {
  readonly card: CardModel;
  readonly row: RowModel;
  /** The row is in the lower half of what is visible. */
  readonly isLow: boolean;
}

/** Name of a field in the annotations: `sock.daddr`; undefined for what is no member. */
export function fieldName({ card, row }: Pick<RowDetail, 'card' | 'row'>): string | undefined {
  const record = /^struct (\w+)$/.exec(card.type)?.[1];
  return record === undefined ? undefined : `${record}.${row.id}`;
}

export function rowDetail(
  words: Words,
  { card, row, isLow }: RowDetail,
  note: NoteModel | undefined,
  language: NoteLanguage,
): TemplateResult {
  const offset = row.address - card.address;
  const place =
    card.kind === 'frame'
      ? fill(words.atAddress, hexText(row.address), row.size)
      : fill(words.atOffset, offset, row.size, hexText(row.address));
  return html`<div class="detail ${isLow ? 'high' : 'low'}" id="row-detail">
    <p><code>${row.type} ${inC(row.expression ?? row.name)}</code> <span class="muted">${place}</span></p>
    <p>
      <code>${valueText(words, row.display)}</code
      >${row.was === undefined ? nothing : html` <span class="muted">${fill(words.was, valueText(words, row.was))}</span>`}
    </p>
    ${note ? noteView(words, note, language) : nothing}
  </div>`;
}
