/**
 * Which functions of a document that the program beneath lacks are called: by another function of the document that is
 * compiled, or by the program's own sources.
 *
 * In: the replacing functions, those that are compiled, the tokens of the sources. Out: additions. A function is called
 * where its name stands with a parenthesis behind it or is handed on as a value, and is no member. Whom nobody calls, or
 * only those whom nobody calls, is of another program. Every text is gone over once.
 */
import { known } from '../preprocess/atoms';
import { sliceOf, type LexedFile } from '../preprocess/lexed-file';
import type { TokenCache } from '../preprocess/token-cache';
import { TokenKind } from '../preprocess/token';
import type { Addition, Replacement, ReplacingFunction } from '../source/replacement';

/** What a source has of the names of a document's functions: those that it seems to define, and those that it calls. */
export interface SourceNames {
  readonly path: string;
  readonly defines: ReadonlySet<number>;
  readonly calls: ReadonlySet<number>;
}

export function namesInSource(path: string, lexed: LexedFile, wanted: ReadonlySet<number>): SourceNames {
  const defines = new Set<number>();
  const { atoms, kinds, length } = lexed;
  for (let i = 0; i + 2 < length; i++) {
    const atom = atoms[i] as number;
    if (wanted.has(atom) && kinds[i] === TokenKind.identifier && atoms[i + 1] === known['(']) {
      let depth = 0;
      let at = i + 1;
      do {
        depth += atoms[at] === known['('] ? 1 : atoms[at] === known[')'] ? -1 : 0;
        at++;
      } while (depth > 0 && at < length);
      if (atoms[at] === known['{']) {
        defines.add(atom);
      }
    }
  }
  return { path, defines, calls: mentionsIn(lexed, wanted, true) };
}

/** `absent`: functions of the document that nothing gave way to; `running`: names of those that something did. */
export function calledFunctions(
  replacement: Replacement,
  absent: readonly ReplacingFunction[],
  running: ReadonlySet<string>,
  sources: readonly SourceNames[],
  tokens: TokenCache,
): Addition[] {
  const byAtom = new Map(absent.map((fn) => [tokens.atomTable.intern(fn.name), fn]));
  const callers = new Map<ReplacingFunction, string[]>();
  const paths = new Map<ReplacingFunction, string>();
  const compiled = new Set(running);
  const queue = replacement.functions.filter(({ name }) => running.has(name));
  for (const [atom, fn] of byAtom) {
    const caller = sources.find(({ calls }) => calls.has(atom));
    if (caller) {
      paths.set(fn, caller.path);
      compiled.add(fn.name);
      queue.push(fn);
    }
  }
  const wanted = new Set(byAtom.keys());
  const whole = tokens.lexed(replacement.file);
  for (let caller = queue.pop(); caller && wanted.size > 0; caller = queue.pop()) {
    for (const atom of mentionsIn(sliceOf(whole, caller.start, caller.end, true), wanted, false)) {
      const fn = byAtom.get(atom);
      if (!fn || fn === caller) {
        continue;
      }
      callers.set(fn, [...(callers.get(fn) ?? []), caller.name]);
      if (!compiled.has(fn.name)) {
        compiled.add(fn.name);
        queue.push(fn);
      }
    }
  }
  // In the order of the text, so that the same document gives the same program.
  const order = new Map(replacement.functions.map(({ name }, index) => [name, index]));
  return absent
    .filter(({ name }) => compiled.has(name))
    .map((fn) => {
      const names = (callers.get(fn) ?? []).sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
      return additionOf(fn, names, paths.get(fn) ?? '', replacement);
    });
}

function additionOf(
  { name, start, end }: ReplacingFunction,
  functions: readonly string[],
  path: string,
  { file }: Replacement,
): Addition {
  const at = start + Math.max(0, file.text.slice(start, end).search(new RegExp(`\\b${name}\\b`)));
  return { kind: 'function', name, text: path, start: at, end: at + name.length, functions };
}

/** Which names are called, or, unless only calls count, handed on. */
function mentionsIn({ atoms, kinds, length }: LexedFile, wanted: ReadonlySet<number>, callsOnly: boolean): Set<number> {
  const found = new Set<number>();
  for (let i = 0; i + 1 < length; i++) {
    const atom = atoms[i] as number;
    if (!wanted.has(atom) || kinds[i] !== TokenKind.identifier || found.has(atom)) {
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
      found.add(atom);
    }
  }
  return found;
}
