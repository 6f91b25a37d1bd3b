/** How reading tests read: one parser, files from texts, statements told as `[label] kind head`. */
import { Reader, type Reading } from '../../src/reading/reader';
import type { FunctionOutline } from '../../src/reading/outline';
import { SourceFile } from '../../src/source/source-file';
import { loadParser } from '../parse/c-parser';

export const parser = await loadParser();
export const reader = new Reader(parser);

export function reading(text: string): Reading {
  return reader.read(new SourceFile('a.c', text));
}

export function told({ statements }: FunctionOutline): string[] {
  return statements.map(
    ({ kind, normal, under, passedOver }) =>
      `${passedOver ? '(other branch) ' : ''}${under ? `[${under}] ` : ''}${kind} ${normal}`,
  );
}
