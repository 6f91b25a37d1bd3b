/**
 * Which changes are tried. In: Stryker's mutants. Out: a key that names one in every run, and whether it is worth a try.
 */
import { relative } from 'node:path';

/** The change by its place and what is put there. */
export function keyOf({ fileName, location: { start, end }, mutatorName, replacement }, root) {
  const place = `${start.line}:${start.column}-${end.line}:${end.column}`;
  return `${relative(root, fileName)} ${place} ${mutatorName} ${replacement}`;
}

/** Sentences for people are left aside: several words, or Chinese. `source` is the file's text. */
export function mattersTo({ location, mutatorName }, source) {
  if (mutatorName !== 'StringLiteral') {
    return true;
  }
  const lines = source.split('\n').slice(location.start.line, location.end.line + 1);
  lines[lines.length - 1] = lines[lines.length - 1].slice(0, location.end.column);
  const text = lines.join('\n').slice(location.start.column);
  return !/[^\s'"`]\s+[^\s'"`]/.test(text) && !/[\u3000-\u9fff\uff00-\uffef]/.test(text);
}
