/**
 * Everything shown, as indented text: what "copy as text" puts on the clipboard.
 *
 * In: a model, the language's strings. Out: lines. The same words as the labels of the tree view.
 */
import type { InspectorModel, NoteLanguage } from '../protocol/inspector-model';
import { fill, type Words } from './strings';
import { cardText, hexText, momentText, reasonText, rowText } from './wording';

export function textTwin(words: Words, model: InspectorModel, notes: NoteLanguage): string {
  const { statement } = model;
  const lines = [`${reasonText(words, model.stop)} · ${momentText(words, model.stop)}`];
  if (statement) {
    lines.push(`${statement.place.path}:${statement.place.line} ${statement.function}: ${statement.text}`);
  }
  for (const note of model.notes) {
    lines.push(
      ...(notes === 'en' ? [note.en] : notes === 'zh' ? [note.zh] : [note.zh, note.en]).map((text) =>
        text.replaceAll('`', ''),
      ),
    );
  }
  lines.push('', `${words.changes}:`);
  lines.push(
    ...(model.changes.length === 0
      ? [`  ${words.noChanges}`]
      : model.changes.map((change) => `  ${change.path}: ${change.from} → ${change.to}`)),
  );
  for (const card of model.cards) {
    lines.push('', `${cardText(words, card)} @ ${hexText(card.address)}`);
    lines.push(...card.rows.map((row) => `  ${rowText(words, row)}`));
    if (card.hiddenRows > 0) {
      lines.push(`  (${fill(words.hiddenFields, card.hiddenRows)})`);
    }
  }
  return `${lines.join('\n')}\n`;
}
