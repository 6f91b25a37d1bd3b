/**
 * For which kernels an entry, or a part of it, holds. In: a condition, and the text of the kernel at hand. Out: whether it
 * holds; an entry with the parts that do.
 *
 *   when: { has: struct inet_protosw }                  the file with the statement has these words
 *   when: { has: TCP_SYNQ_HSIZE 512, file: include/net/tcp.h, kernel: linux }
 *   when: { lacks: TCP_ECN_send, file: net/ipv4/tcp_output.c }
 *
 * Blanks count as one; of a word nothing less than the whole counts. `kernel` is `bundled` or `linux`. All that is said
 * must hold. A file that there is not has nothing.
 */
import type { SourceFile } from '../source/source-file';
import type { Condition, Entry } from './entry';

/** The kernel at hand. */
export interface KernelText {
  readonly load: (path: string) => SourceFile | undefined;
  /** The file in which a function stands. */
  readonly fileOf?: (functionName: string) => SourceFile | undefined;
}

/** Nothing is known of the kernel. */
export const noKernel: KernelText = { load: () => undefined };

/** Only the bundled kernel has this file. */
const mark = 'include/linux/sockscope.h';

/**
 * The entry as it holds for a kernel: undefined when it does not, with the parts that do otherwise. `at` is the file with
 * its statement.
 */
export function asHeldBy(entry: Entry, kernel: KernelText, at?: SourceFile): Entry | undefined {
  if (!entry.when && entry.parts.length === 0) {
    return entry;
  }
  const file = at ?? firstFile(entry, kernel);
  if (entry.when && !holds(entry.when, kernel, file)) {
    return undefined;
  }
  const parts = entry.parts.filter(({ when }) => holds(when, kernel, file));
  if (parts.length === 0) {
    return entry;
  }
  const { en, zh } = entry.text;
  return {
    ...entry,
    text: {
      en: [en, ...parts.map(({ text }) => text.en)].join(' '),
      zh: [zh, ...parts.map(({ text }) => text.zh)].join(''),
    },
  };
}

function firstFile({ anchor, kind, name }: Entry, { fileOf }: KernelText): SourceFile | undefined {
  const functions = anchor?.functions ?? (kind === 'function' ? [name] : []);
  for (const each of functions) {
    const file = fileOf?.(each);
    if (file) {
      return file;
    }
  }
  return undefined;
}

/** Whether a condition holds. */
export function holds(condition: Condition, kernel: KernelText, at: SourceFile | undefined): boolean {
  const { kernel: kind, file: path, has, lacks } = condition;
  if (kind !== undefined && (kind === 'bundled') !== (kernel.load(mark) !== undefined)) {
    return false;
  }
  const file = path === undefined ? at : kernel.load(path);
  return (has === undefined || found(has, file)) && (lacks === undefined || !found(lacks, file));
}

const answers = new WeakMap<SourceFile, Map<string, boolean>>();

function found(words: string, file: SourceFile | undefined): boolean {
  if (!file) {
    return false;
  }
  const known = answers.get(file) ?? new Map<string, boolean>();
  answers.set(file, known);
  let answer = known.get(words);
  if (answer === undefined) {
    answer = stands(words.trim(), file.text);
    known.set(words, answer);
  }
  return answer;
}

/** Whether the words stand in a text, blanks of any kind between them, nothing of a name around them. */
function stands(words: string, text: string): boolean {
  const pieces = words.split(/\s+/);
  const first = pieces[0] ?? '';
  const isName = (char: string | undefined): boolean => char !== undefined && /\w/.test(char);
  for (let at = text.indexOf(first); at >= 0 && first !== ''; at = text.indexOf(first, at + 1)) {
    let end = at + first.length;
    const follows = pieces.slice(1).every((piece) => {
      const next = /\S/.exec(text.slice(end, end + 200));
      const from = next ? end + next.index : end;
      const fits = from > end && text.startsWith(piece, from);
      end = from + piece.length;
      return fits;
    });
    const whole = !(isName(first[0]) && isName(text[at - 1])) && !(isName(words.at(-1)) && isName(text[end]));
    if (follows && whole) {
      return true;
    }
  }
  return false;
}
