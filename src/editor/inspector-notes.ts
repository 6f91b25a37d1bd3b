/**
 * The notes that the inspector shows: at a stop, and on a field.
 *
 * In: what is known about the sources, a frame or a field. Out: the notes on the frame's statement, or else the one on its
 * function; the note on the field.
 */
import type { StackFrame } from '../facade/session';
import type { NoteModel } from '../protocol/inspector-model';
import type { Query } from '../query/query';
import type { Note } from '../query/query-types';

export function notesFor(query: Query, frame: StackFrame): readonly NoteModel[] {
  if (frame.path === undefined) {
    return [];
  }
  const onStatement = query.notesForStatement(frame.path, frame.start, frame.end);
  const notes = onStatement.length > 0 ? onStatement : query.notesNamed(frame.function).slice(0, 1);
  return notes.map(noteModel);
}

/** The note on a struct's member: `sock.daddr`. */
export function fieldNote(query: Query, field: string): NoteModel | undefined {
  const [note] = query.notesNamed(field);
  return note && noteModel(note);
}

function noteModel({ id, title, text, source }: Note): NoteModel {
  return {
    id,
    title: { en: title.en, zh: title.zh },
    en: text.en,
    zh: text.zh,
    ...(source.length > 0 ? { source: source.join('; ') } : {}),
  };
}
