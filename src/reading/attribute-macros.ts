/**
 * Words that say nothing about what a declaration declares, and that a C grammar does not know: `__init`, `asmlinkage`,
 * `FASTCALL(…)`, `__attribute__((…))`. In: the tokens a reader sees. Out: edits that blank them in place.
 *
 * Those of Linux 2.4 and of GNU C go by name. Others are known by where they stand, outside of functions:
 *   WORD int …            a name before a word that begins a type
 *   int WORD f(           a name between a type and the name that is declared
 *   x[] WORD = …          a name with underscores behind a declarator
 */
import { itemAt } from '../base/checked-access';
import { known } from '../preprocess/atoms';
import { WordClass } from '../parse/keywords';
import { TokenPlace, type RawTokens } from './raw-tokens';
import { blank, type SameLengthEdit } from './same-length-edits';

/** Blanked wherever they stand. */
const words = new Set([
  '__init',
  '__exit',
  '__initdata',
  '__exitdata',
  '__initsetup',
  '__init_call',
  '__exit_call',
  '__devinit',
  '__devinitdata',
  '__devexit',
  '__devexitdata',
  '__openfirmware',
  '__openfirmwaredata',
  '__cacheline_aligned',
  '____cacheline_aligned',
  '__cacheline_aligned_in_smp',
  '____cacheline_aligned_in_smp',
  '__inline__',
  '__inline',
  '__extension__',
  '__const',
  '__const__',
  '__volatile',
  '__volatile__',
  '__restrict',
  '__restrict__',
  'asmlinkage',
  'fastcall',
  'notrace',
  'noinline',
  '__attribute_used__',
  '__user',
]);

/** Blanked with the parentheses behind them. */
const withArguments = new Set(['__attribute__', '__attribute', '__section', '__exitused']);

/** Blanked without them: what they stand around is the declarator. */
const aroundDeclarators = new Set(['FASTCALL', 'SYMBOL_NAME', 'PRINTF', '__P']);

export function attributeEdits(tokens: RawTokens): SameLengthEdit[] {
  const edits: SameLengthEdit[] = [];
  const drop = (from: number, to = from): void => {
    edits.push(blank(tokens.lexed.text, tokens.start(from), tokens.end(to)));
  };
  for (let i = 0; i < tokens.length; i++) {
    if (!tokens.isWord(i)) {
      continue;
    }
    const text = tokens.text(i);
    const close = tokens.atom(i + 1) === known['('] ? itemAt(tokens.partner, i + 1) : -1;
    if (words.has(text) && !isAsmQualifier(tokens, i)) {
      drop(i);
    } else if (close >= 0 && withArguments.has(text)) {
      drop(i, close);
    } else if (close >= 0 && aroundDeclarators.has(text)) {
      drop(i);
    } else if (tokens.places[i] === TokenPlace.file && tokens.isName(i) && saysNothing(tokens, i)) {
      drop(i, close >= 0 ? close : i);
    }
  }
  return edits;
}

/** `asm __volatile__ ("…")` needs its word. */
function isAsmQualifier(tokens: RawTokens, i: number): boolean {
  return tokens.wordClass(i - 1) === WordClass.asm;
}

/** Whether a name outside of functions stands where no name of a type or of what is declared can stand. */
function saysNothing(tokens: RawTokens, i: number): boolean {
  const before = tokens.wordClass(i - 1);
  const after = tokens.wordClass(i + 1);
  if (isTypeWord(after) && !isTypeWord(before) && before !== WordClass.record && before !== WordClass.enum) {
    return true;
  }
  const typed = isTypeWord(before) || tokens.atom(i - 1) === known['*'] || isTag(tokens, i - 1);
  if (
    typed &&
    before !== WordClass.record &&
    before !== WordClass.enum &&
    tokens.isName(i + 1) &&
    tokens.atom(i + 2) === known['(']
  ) {
    return true;
  }
  const behind = tokens.atom(i - 1) === known[']'] || tokens.atom(i - 1) === known[')'];
  return behind && tokens.text(i).startsWith('_') && [known['='], known[';'], known['{']].includes(tokens.atom(i + 1));
}

/** A word that is a type by itself, or begins one. */
function isTypeWord(value: number): boolean {
  return value === WordClass.typeWord || value === WordClass.record || value === WordClass.enum;
}

/** `sock` of `struct sock`. */
function isTag(tokens: RawTokens, i: number): boolean {
  const before = tokens.wordClass(i - 1);
  return tokens.isName(i) && (before === WordClass.record || before === WordClass.enum);
}
