/**
 * The questions a front asks about a place in the source: what is this, what does the note say, where is it defined,
 * which lines deserve a lens. In: the catalogue, files, and what is known of the compiled program. Out: plain data
 * (`query-types.ts`).
 *
 * Answers are computed from the present text of a file; outlines and resolved notes are kept per file object.
 */
import { itemAt } from '../base/checked-access';
import { AnnotatedFile } from '../catalog/annotated-file';
import type { TreeNode } from '../parse/live-tree';
import type { Catalog } from '../catalog/catalog';
import type { KernelText } from '../catalog/holding';
import type { Reader } from '../reading/reader';
import type { DebugInfo } from '../abi/debug-info';
import type { Bilingual } from '../base/bilingual';
import { position0 } from '../source/position';
import type { SourceFile } from '../source/source-file';
import { pathEnd, type PathEnd } from './access-path';
import { definitionOf } from './definition';
import type { DocumentView } from './document-view';
import { fieldParts } from './field-hover';
import { functionParts, identifierNote, macroParts, symbolParts, typeNote } from './identifier-hover';
import { expansionAt } from './macro-expansion';
import { MemberResolver, type MemberBase } from './member-base';
import { noteOf } from './notes';
import { ProgramFacts } from './program-facts';
import type { Definition, Hover, HoverPart, Lens, MacroFacts, Note } from './query-types';
import { functionKinds, same, words } from './words';

export interface QueryOptions {
  readonly catalog: Catalog;
  /** The file that a path of debug information, or of the editor, stands for. */
  readonly load: (path: string) => SourceFile | undefined;
  readonly debug?: DebugInfo;
  /** A file as a document with listings, when it is one. */
  readonly document?: (file: SourceFile) => DocumentView | undefined;
  /** Macros as they stand at the end of the compiled file. */
  readonly macro?: (name: string, path: string) => MacroFacts | undefined;
  /** The function whose address a word of the program's data has from the beginning. */
  readonly functionIn?: (address: number) => string | undefined;
  /** Reads the files on show. */
  readonly reader: Reader;
}

export class Query {
  readonly facts: ProgramFacts | undefined;
  private readonly annotated = new WeakMap<SourceFile, AnnotatedFile>();

  /** The notes that hold for the compiled program. */
  readonly catalog: Catalog;
  /** The text of the compiled program. */
  readonly kernel: KernelText;

  constructor(private readonly options: QueryOptions) {
    const facts = options.debug && new ProgramFacts(options.debug);
    this.facts = facts;
    const files = new Set(facts?.debug.files);
    this.kernel = {
      load: (path) => (files.has(path) ? options.load(path) : undefined),
      fileOf: (name) => options.load(facts?.pathOf(facts.function(name)?.file ?? -1) ?? ''),
    };
    this.catalog = options.catalog.heldBy(this.kernel);
  }

  /** The C of a file: of a document its listings, at the same offsets. */
  private cOf(file: SourceFile): SourceFile {
    return this.options.document?.(file)?.c ?? file;
  }

  /** Functions and resolved notes of a file. */
  annotatedFile(shown: SourceFile): AnnotatedFile {
    const file = this.cOf(shown);
    let found = this.annotated.get(file);
    if (!found) {
      found = new AnnotatedFile(file, this.options.catalog, this.options.reader, this.kernel);
      this.annotated.set(file, found);
    }
    return found;
  }

  /** What is known about the place `offset` of a file; undefined where there is nothing to say. */
  hoverAt(file: SourceFile, offset: number): Hover | undefined {
    const word = this.wordAt(file, offset);
    const parts: HoverPart[] = word ? this.identifierParts(file, word) : [];
    parts.push(...(word ? this.expansionParts(file, word) : []));
    const own = this.options.document?.(file)?.notesAt(offset) ?? [];
    own.forEach((note) => parts.push({ kind: 'note', note }));
    const anchors = this.annotatedFile(file).notesAt(offset);
    for (const { entry, confidence } of anchors) {
      parts.push({ kind: 'note', note: noteOf(entry, confidence, this.catalog) });
    }
    if (parts.length === 0) {
      return undefined;
    }
    const range = word ?? anchors[0]?.statement ?? { start: offset, end: offset };
    return {
      start: range.start,
      end: range.end,
      subject: word?.text ?? file.text.slice(range.start, range.end),
      parts,
    };
  }

  /** Notes of the statement that debug information places at `[start, end)` of a file. */
  notesForStatement(path: string, start: number, end: number): readonly Note[] {
    const file = this.options.load(path);
    return file
      ? [
          ...(this.options.document?.(file)?.notesFor(start, end) ?? []),
          ...this.annotatedFile(file)
            .notesFor(start, end)
            .map((entry) => noteOf(entry, 1, this.catalog)),
        ]
      : [];
  }

  /** One lens for each function, and one for each statement that has notes. */
  lensesIn(file: SourceFile): readonly Lens[] {
    const annotated = this.annotatedFile(file);
    const lenses: Lens[] = annotated.functions.map((each) => ({
      kind: 'function',
      start: each.nameStart,
      end: each.nameEnd,
      function: each.name,
      compiled: this.facts ? (this.facts.function(each.name)?.kind ?? 'unknown') : 'unknown',
      title: this.functionTitle(each.name),
      notes: annotated.anchors.filter((anchor) => anchor.function === each).length,
    }));
    for (const { statement, function: outline } of annotated.anchors) {
      const notes = annotated.anchors
        .filter((other) => other.statement === statement)
        .map(({ entry, confidence }) => noteOf(entry, confidence, this.catalog));
      if (!lenses.some((lens) => lens.kind === 'note' && lens.start === statement.start)) {
        lenses.push({
          kind: 'note',
          start: statement.start,
          end: statement.end,
          function: outline.name,
          notes,
          title: itemAt(notes, 0).title,
        });
      }
    }
    return lenses;
  }

  /** The title of its note; of a function that is SockScope's own, whose part it is; else how it runs. */
  private functionTitle(name: string): Bilingual {
    const entry = this.catalog.about('function', name);
    const part = entry?.partOf;
    return (
      entry?.title ??
      (part === undefined
        ? functionKinds[this.facts?.function(name)?.kind ?? 'unknown']
        : { en: `${words.partOf.en} ${part}`, zh: `${words.partOf.zh}：${part}` })
    );
  }

  /** Where the identifier at an offset is defined. */
  definitionAt(file: SourceFile, offset: number): Definition | undefined {
    const word = this.wordAt(file, offset);
    if (!word) {
      return undefined;
    }
    return definitionOf(
      word.text,
      this.memberBase(file, word),
      this.facts,
      this.options.macro?.(word.text, file.path),
      file.path,
    );
  }

  /** Notes on statements that begin or lie between two offsets of a file. */
  notesForRange(file: SourceFile, start: number, end: number): readonly Note[] {
    const within = this.annotatedFile(file).anchorsBetween(start, end);
    const entries = new Map(within.map(({ entry, confidence }) => [entry, noteOf(entry, confidence, this.catalog)]));
    return [...(this.options.document?.(file)?.notesIn(start, end) ?? []), ...entries.values()];
  }

  /** The hover of what a line of a file defines: a function (on any line of its head), a member, a macro, a type. */
  definitionOn(file: SourceFile, line: number): Hover | undefined {
    const start = file.offsetAt(position0(line - 1, 0));
    const end = start + file.lineText(line - 1).length;
    const head = this.annotatedFile(file).functions.find((each) => each.start <= end && start <= each.nameEnd);
    if (head) {
      return this.hoverAt(file, head.nameStart);
    }
    for (const { index, 0: word } of file.lineText(line - 1).matchAll(/[A-Za-z_]\w*/g)) {
      const at = this.definitionAt(file, start + index);
      if (at?.path === file.path && at.line === line) {
        return this.hoverAt(file, start + index) ?? this.hoverOf(word);
      }
    }
    return undefined;
  }

  /** The hover of the function in which a line of a file stands. */
  functionAround(file: SourceFile, line: number): Hover | undefined {
    const offset = file.offsetAt(position0(line - 1, 0));
    const end = offset + file.lineText(line - 1).length;
    const around = this.annotatedFile(file).functions.find((each) => each.start <= end && offset < each.end);
    return around && this.hoverAt(file, around.nameStart);
  }

  /** What names on a line of a file are, where nothing is said of the line itself: a table's slots, a declaration. */
  namesOn(file: SourceFile, line: number): readonly Hover[] {
    const start = file.offsetAt(position0(line - 1, 0));
    const found = new Map<string, Hover>();
    for (const { index, 0: word } of file.lineText(line - 1).matchAll(/[A-Za-z_]\w*/g)) {
      const hover = found.has(word) ? undefined : this.hoverAt(file, start + index);
      if (hover && hover.subject === word) {
        found.set(word, hover);
      }
    }
    return [...found.values()];
  }

  /** What the hover on a name would say, without a place: `inet_create`, `struct sock`, `sock.state`, `TCP_LISTEN`. */
  hoverOf(name: string): Hover | undefined {
    const plain = name.replace(/^(struct|union)\s+/, '');
    const end = this.facts && pathEnd(plain, this.facts);
    const parts = end ? this.pathParts(end) : this.noteParts(plain);
    return parts.length === 0 ? undefined : { start: 0, end: 0, subject: name, parts };
  }

  /** A member that a path leads to, and the function that it holds from the beginning. */
  private pathParts({ name, record, key, address }: PathEnd): HoverPart[] {
    const held = address === undefined ? undefined : this.options.functionIn?.(address);
    return [
      ...fieldParts(name, { record, key }, this.catalog, this.facts),
      ...(held === undefined
        ? []
        : [{ kind: 'facts', items: [{ label: words.holds, value: same(held) }] } as const, ...this.symbolParts(held)]),
    ];
  }

  /** What stands alone; a member of no known program is known by its note. */
  private noteParts(plain: string): HoverPart[] {
    const dot = plain.lastIndexOf('.');
    return dot > 0
      ? fieldParts(plain.slice(dot + 1), { key: plain.slice(0, dot) }, this.catalog, this.facts)
      : this.symbolParts(plain);
  }

  /** The name at an offset; none in comments and literals. */
  nameAt(file: SourceFile, offset: number): string | undefined {
    return this.wordAt(file, offset)?.text;
  }

  /** Whether some file of the program defines a macro of this name. */
  hasMacro(name: string): boolean {
    return this.options.macro?.(name, '') !== undefined;
  }

  /** Notes about a name: `inet_create`, `sock.state`, `EINVAL`, `wake-one`, `P05`. */
  notesNamed(name: string): readonly Note[] {
    const plain = name.replace(/^(struct|union)\s+/, '');
    const direct =
      this.catalog.get(name) ??
      this.catalog.about('field', plain) ??
      this.catalog.identifier(plain) ??
      this.catalog.titled(name);
    const found = direct ? [direct] : this.catalog.fieldsNamed(plain);
    return (found.length > 0 ? found : this.catalog.aboutWords(name)).map((entry) => noteOf(entry, 1, this.catalog));
  }

  private identifierParts(file: SourceFile, word: Word): HoverPart[] {
    const base = this.memberBase(file, word);
    if (base) {
      const parts = fieldParts(word.text, base, this.catalog, this.facts);
      if (parts.length > 0) {
        return parts;
      }
    }
    // `struct sock` is the type, also where a variable has its name.
    const isType = word.node?.type === 'type_identifier';
    return isType ? this.symbolParts(word.text) : this.symbolParts(word.text, file.path, word.start);
  }

  /** What the use of a macro becomes, where that says more than its definition. */
  private expansionParts(shown: SourceFile, { text, start, end }: Word): HoverPart[] {
    const file = this.cOf(shown);
    const { macro } = this.options;
    const becomes = macro && expansionAt(file.text, start, end, (name) => macro(name, file.path));
    return becomes === undefined || text === becomes
      ? []
      : [
          { kind: 'text', text: words.becomes },
          { kind: 'code', text: becomes },
        ];
  }

  /** A macro hides a function of the same name, as it does for the compiler. */
  private symbolParts(name: string, path = '', offset = 0): HoverPart[] {
    const macro = macroParts(this.options.macro?.(name, path));
    const local = macro.length > 0 ? undefined : this.facts?.localAt(name, path, offset);
    const known = local ? [] : functionParts(name, this.facts);
    const parts = macro.length > 0 ? macro : known.length > 0 ? known : symbolParts(name, path, offset, this.facts);
    // What is noted of a name is not about a local variable that happens to have it; its struct may have a note.
    const notes = local
      ? typeNote(this.facts?.recordBehind(local.type)?.name, this.catalog)
      : identifierNote(name, this.catalog);
    // A layout may be longer than what a hover shows at once: what the structure is for comes first.
    return isLayout(parts[0]) ? [...notes, ...parts] : [...parts, ...notes];
  }

  private memberBase(shown: SourceFile, word: Word): MemberBase | undefined {
    const file = this.cOf(shown);
    if (word.node) {
      return new MemberResolver(file, this.facts).baseOf(word.node);
    }
    // Where the tree does not go down to names, an arrow or a dot tells that it is a member, of whatever struct.
    return /(?:->|\.)\s*$/.test(file.text.slice(Math.max(0, word.start - 80), word.start)) ? {} : undefined;
  }

  /**
   * The identifier around an offset: from the syntax tree, or from the text where the tree does not go down to names,
   * as in directives. Nothing inside comments and literals.
   */
  private wordAt(shown: SourceFile, offset: number): Word | undefined {
    const file = this.cOf(shown);
    const node = this.options.reader.read(file).nodeAt(offset);
    if (!node || notWords.test(node.type)) {
      return undefined;
    }
    if (/identifier$/.test(node.type)) {
      const { startIndex: start, endIndex: end } = node;
      return { text: file.text.slice(start, end), start, end, node };
    }
    const lineStart = offset - file.positionAt(offset).column;
    for (const { index, 0: text } of file.lineText(file.positionAt(offset).line).matchAll(/[A-Za-z_]\w*/g)) {
      const start = lineStart + index;
      if (start <= offset && offset < start + text.length) {
        return { text, start, end: start + text.length };
      }
    }
    return undefined;
  }
}

function isLayout(part: HoverPart | undefined): boolean {
  return part?.kind === 'code' && /^(?:struct|union) \w+ \{\n/.test(part.text);
}

/** A name in a file, with its node where the syntax tree has one. */
interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly node?: TreeNode;
}

/** Nodes whose letters are no names. */
const notWords = /^(?:comment|string_|char_literal|character|escape_sequence|system_lib_string|number_literal)/;
