/** Replacements out of a text whose fenced parts are C: enough of a document for tests of what comes after reading. */
import { outlineOf } from '../../src/reading/token-outline';
import type { Replacement } from '../../src/source/replacement';
import { SourceFile } from '../../src/source/source-file';

export function replacementOf(path: string, text: string, mentions?: Readonly<Record<string, string[]>>): Replacement {
  const parts = text.split(/^(```.*)$/m);
  const blank = (part: string): string => part.replace(/[^\n]/g, ' ');
  const masked = parts.map((part, index) => (index % 4 === 2 ? part : blank(part))).join('');
  const file = new SourceFile(path, masked);
  return {
    file,
    shown: new SourceFile(path, text),
    functions: outlineOf(masked).map(({ name, start, end }) => ({
      name,
      start,
      end,
      mentions: mentions?.[name],
    })),
  };
}
