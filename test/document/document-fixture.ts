/** Reads texts as documents and says in short what was found in them. */
import { given, itemAt, lastOf } from '../../src/base/checked-access';
import { expect } from 'vitest';
import type { AnnotatedDocument } from '../../src/document/document-model';
import { readDocument, type DocumentReading } from '../../src/document/read-document';
import { SourceFile } from '../../src/source/source-file';

/** A function of our own, whole, that any document may hold. */
export const plainFunction = `static int queue_push(struct sock *sk, struct sk_buff *skb)
{
	int err = -ENOBUFS;

	if (sk->rcvbuf < skb->len)
		goto out;
	skb_queue_tail(&sk->receive_queue, skb);
	err = 0;
out:
	return err;
}
`;

export function read(text: string, path = 'notes.md', reading?: DocumentReading): AnnotatedDocument {
  const document = readDocument(new SourceFile(path, text), reading);
  // What holds of every document: C of the length of its place, line ends kept, parts in order.
  for (const { span, code, pieces } of document.functions) {
    expect(code.length).toBe(span.end - span.start);
    expect(itemAt(pieces, 0).start).toBe(span.start);
    expect(lastOf(pieces).end).toBe(span.end);
  }
  for (const { span, replacement } of document.mends) {
    expect(replacement.length).toBe(span.end - span.start);
  }
  const starts = document.parts.map(({ span }) => span.start);
  expect(starts).toEqual([...starts].sort((a, b) => a - b));
  return document;
}

/** `name state` for each function, `*` behind those that run. */
export function functionsOf({ functions }: AnnotatedDocument): string[] {
  return functions.map(({ name, state, runs }) => `${name} ${state}${runs ? '*' : ''}`);
}

/** The C of the only function with single blanks. */
export function codeOf({ functions }: AnnotatedDocument): string {
  expect(functions).toHaveLength(1);
  return itemAt(functions, 0).code.replace(/\s+/g, ' ');
}

/** The same without the blanks between signs. */
export function tightCodeOf(document: AnnotatedDocument): string {
  return codeOf(document).replace(/\s*([^\w\s])\s*/g, '$1');
}

/** Kinds of mends with how often, `~` before those that were left as they are. */
export function mendsOf({ mends }: AnnotatedDocument): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind, inCode } of mends) {
    const key = inCode ? kind : `~${kind}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

/** `comment -> statement (evidence)` for each note. */
export function notesOf({ notes, file, functions }: AnnotatedDocument): string[] {
  return notes.map(({ text, statement, because, function: index }) => {
    const about = statement
      ? file.text.slice(statement.start, statement.end)
      : `function ${itemAt(functions, given(index, 'index')).name}`;
    return `${text} -> ${about.replace(/\s+/g, ' ')} (${because})`;
  });
}
