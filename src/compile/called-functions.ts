/**
 * Which functions of a document that the program beneath lacks are called: by another function of the document that is
 * compiled, or by the program's own sources.
 *
 * In: the replacing functions, those that are compiled, the tokens of the sources. Out: additions. A function is called
 * where its name stands with a parenthesis behind it or is handed on as a value, and is no member. Whom nobody calls, or
 * only those whom nobody calls, is of another program.
 */
import { known } from '../preprocess/atoms';
import { sliceOf, type LexedFile } from '../preprocess/lexed-file';
import type { TokenCache } from '../preprocess/token-cache';
import { TokenKind } from '../preprocess/token';
import type { Addition, Replacement, ReplacingFunction } from '../source/replacement';

/** `absent`: functions of the document that nothing gave way to; `running`: names of those that something did. */
export function calledFunctions(
  replacement: Replacement,
  absent: readonly ReplacingFunction[],
  running: ReadonlySet<string>,
  sources: readonly { readonly path: string; readonly lexed: LexedFile }[],
  tokens: TokenCache,
): Addition[] {
  if (absent.length === 0) {
    return [];
  }
  const whole = tokens.lexed(replacement.file);
  const slices = new Map(
    replacement.functions.map(({ name, start, end }) => [name, sliceOf(whole, start, end, true)] as const),
  );
  const compiled = new Set(running);
  const additions = new Map<string, Addition>();
  const add = (fn: ReplacingFunction, callers: readonly string[], path: string): void => {
    compiled.add(fn.name);
    const at = replacement.file.text.slice(fn.start, fn.end).search(new RegExp(`\\b${fn.name}\\b`));
    const start = fn.start + Math.max(0, at);
    additions.set(fn.name, {
      kind: 'function',
      name: fn.name,
      text: path,
      start,
      end: start + fn.name.length,
      functions: callers,
    });
  };
  for (const fn of absent) {
    const atom = tokens.atomTable.intern(fn.name);
    const caller = sources.find(({ lexed }) => mentions(lexed, atom, true));
    if (caller) {
      add(fn, [], caller.path);
    }
  }
  for (let size = -1; size !== compiled.size;) {
    size = compiled.size;
    for (const fn of absent) {
      const atom = tokens.atomTable.intern(fn.name);
      const callers = [...compiled].filter((name) => {
        const slice = slices.get(name);
        return name !== fn.name && slice !== undefined && mentions(slice, atom, false);
      });
      if (callers.length > 0) {
        add(fn, callers, additions.get(fn.name)?.text ?? '');
      }
    }
  }
  return [...additions.values()];
}

/** Whether a name is called, or, unless only calls count, handed on. */
function mentions({ atoms, kinds, length }: LexedFile, name: number, callsOnly: boolean): boolean {
  for (let i = 0; i + 1 < length; i++) {
    if (atoms[i] !== name || kinds[i] !== TokenKind.identifier) {
      continue;
    }
    const before = atoms[i - 1];
    const behind = atoms[i + 1];
    const isMember = before === known['.'] || before === known['->'];
    // `int name(…)` declares.
    const isDeclared =
      before === known['*'] ||
      (kinds[i - 1] === TokenKind.identifier &&
        before !== known.return &&
        before !== known.else &&
        before !== known.do);
    const isHandedOn =
      !callsOnly &&
      (before === known['='] || before === known['&'] || before === known['('] || before === known[',']) &&
      (behind === known[','] || behind === known[')'] || behind === known[';']);
    if (!isMember && (isHandedOn || (behind === known['('] && !isDeclared))) {
      return true;
    }
  }
  return false;
}
