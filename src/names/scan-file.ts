/**
 * Reads one file for the index of names. In: its text, and the table of names. Out: {@link FileNames}.
 *
 * The text is cut (`cut.ts`); declarations and statements are followed over its tokens (`scan-*.ts`), the words of
 * directives by themselves; then both are merged in the order of the text. Whatever the text is, reading goes on: what is
 * not understood is a name that is read.
 */
import { known, type AtomTable } from '../preprocess/atoms';
import { cutFile, type CutFile } from './cut';
import { definitionWords, slotWords, type FileNames } from './file-names';
import { Act, isCallable, Kind, role, Space, TypeForm } from './roles';
import { DeclarationScan, Where } from './scan-declarations';
import { ExpressionScan } from './scan-expressions';
import { ScanState, type FoundDefinition } from './scan-state';
import { StatementScan } from './scan-statements';
import type { TokenList } from './token-list';

/** The table of names gives each its number. */
export type NameTable = AtomTable;

export function scanFile(path: string, text: string, table: NameTable, hash: string, stamp: string): FileNames {
  const textOf = (atom: number): string => table.text(atom);
  const cut = cutFile(text, table);
  const code = new ScanState(cut.code, text, textOf);
  readCode(code);
  const words = new ScanState(cut.words, text, textOf);
  const macros = readDirectives(words, cut);
  return { path, hash, stamp, lines: linesOf(text), ...merged(code, words, macros) };
}

function readCode(state: ScanState): void {
  // Each of the three calls the others.
  const expressions: ExpressionScan = new ExpressionScan(state, (open, behind) => statements.block(open, behind));
  const declarations: DeclarationScan = new DeclarationScan(state, expressions, (open, behind) =>
    statements.body(open, behind),
  );
  const statements: StatementScan = new StatementScan(state, expressions, declarations);
  for (let i = 0; i < state.tokens.length;) {
    i = declarations.read(i, state.tokens.length, Where.file, -1);
  }
}

/** Macros that are defined, and the names in conditions. */
function readDirectives(state: ScanState, { directives, words }: CutFile): FoundDefinition[] {
  const macros: FoundDefinition[] = [];
  const expressions = new ExpressionScan(state, (open, behind) => expressions.read(open + 1, behind));
  for (const { name, from, to, end } of directives) {
    if (name !== known.define) {
      for (let i = from; i < to; i++) {
        if (words.isName(i)) {
          state.mark(i, Space.macro, Act.read);
        }
      }
      continue;
    }
    const isCalled = words.atom(from + 1) === known['('] && words.start(from + 1) === state.endOf(from);
    const body = isCalled ? state.behind(from + 1, to) : from + 1;
    for (let i = from + 2; i < body; i++) {
      if (words.isName(i)) {
        state.mark(i, Space.ordinary, Act.define, true);
      }
    }
    expressions.read(body, to);
    if (words.isName(from)) {
      state.mark(from, Space.macro, Act.define);
      const form = isCalled ? isCallable : TypeForm.unknown;
      macros.push({ token: from, kind: Kind.macro, owner: -1, type: -1, form, end });
    }
  }
  return macros;
}

/** Names of both lists in the order of the text, with what was found about them. */
function merged(
  code: ScanState,
  words: ScanState,
  macros: readonly FoundDefinition[],
): Pick<FileNames, 'offsets' | 'names' | 'roles' | 'bases' | 'definitions' | 'slots'> {
  const count = namesIn(code.tokens) + namesIn(words.tokens);
  const offsets = new Uint32Array(count);
  const names = new Uint32Array(count);
  const roles = new Uint8Array(count);
  const bases = new Uint8Array(count);
  const ofCode = new Int32Array(code.tokens.length).fill(-1);
  const ofWords = new Int32Array(words.tokens.length).fill(-1);
  let c = nextName(code.tokens, 0);
  let w = nextName(words.tokens, 0);
  for (let at = 0; at < count; at++) {
    const isCode = w >= words.tokens.length || (c < code.tokens.length && code.tokens.start(c) < words.tokens.start(w));
    const state = isCode ? code : words;
    const token = isCode ? c : w;
    const places = isCode ? ofCode : ofWords;
    offsets[at] = state.tokens.start(token);
    names[at] = state.tokens.atom(token);
    roles[at] = state.roles[token] ?? role(Space.ordinary, Act.read);
    const base = state.bases[token] ?? -1;
    const back = base < 0 ? 0 : at - (places[base] ?? at);
    bases[at] = back > 0 && back < 256 ? back : 0;
    places[token] = at;
    if (isCode) {
      c = nextName(code.tokens, c + 1);
    } else {
      w = nextName(words.tokens, w + 1);
    }
  }
  return {
    offsets,
    names,
    roles,
    bases,
    definitions: definitionRows(code.definitions, ofCode, macros, ofWords),
    slots: slotRows(code, ofCode),
  };
}

function definitionRows(
  definitions: readonly FoundDefinition[],
  ofCode: Int32Array,
  macros: readonly FoundDefinition[],
  ofWords: Int32Array,
): Int32Array {
  const rows = new Int32Array((definitions.length + macros.length) * definitionWords);
  let at = 0;
  const add = ({ token, kind, owner, type, form, end }: FoundDefinition, places: Int32Array): void => {
    rows.set([token < 0 ? -1 : (places[token] ?? -1), kind, owner, type, form, end], at);
    at += definitionWords;
  };
  definitions.forEach((each) => add(each, ofCode));
  macros.forEach((each) => add(each, ofWords));
  return rows;
}

function slotRows({ slots }: ScanState, places: Int32Array): Int32Array {
  const rows = new Int32Array(slots.length * slotWords);
  slots.forEach(({ table, member, position, value }, index) => {
    rows.set([table, member < 0 ? -1 : (places[member] ?? -1), position, places[value] ?? -1], index * slotWords);
  });
  return rows;
}

function namesIn(tokens: TokenList): number {
  let count = 0;
  for (let i = 0; i < tokens.length; i++) {
    count += tokens.isName(i) ? 1 : 0;
  }
  return count;
}

function nextName(tokens: TokenList, from: number): number {
  let i = from;
  while (i < tokens.length && !tokens.isName(i)) {
    i++;
  }
  return i;
}

function linesOf(text: string): Uint32Array {
  const lines = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    lines.push(at + 1);
  }
  return Uint32Array.from(lines);
}
