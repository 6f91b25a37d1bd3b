/**
 * Notes of one's own in the margin of the kernel's C: written, changed and taken out where they belong, as comments.
 *
 * In: statements of the kernel on show, packs that people wrote. Out: a thread for each statement with such notes; a new
 * one where somebody writes; edits of packs (`pack-files.ts`). Bundled notes are no threads: hovers and lenses have them.
 */
import * as vscode from 'vscode';
import type { ResolvedAnchor } from '../catalog/resolve-anchor';
import type { Entry } from '../catalog/entry';
import { addNote, anchorFor, changeNote, languageOf, removeNote, type PackEdit } from '../catalog/write-note';
import type { FunctionOutline, OutlineStatement } from '../reading/outline';
import type { RunnableDocuments } from './documents';
import { isKernelSource } from './kernel-providers';
import type { Knowledge } from './knowledge';
import type { LiveRuns } from './live-runs';
import { editPack, packForNewNotes, packText } from './pack-files';
import { rangeIn } from './places';
import { settings } from './settings';
import type { SourcePlaces } from './source-places';
import { strings } from './strings';

const bundledPacks = /^media\/annotations\//;

/** The threads of a document, and what they were made from: as long as that is the same, so are they. */
interface ShownThreads {
  readonly notes: string;
  readonly threads: readonly vscode.CommentThread[];
}

/** What the threads of a document depend on: where notes stand, what they say, in which language. */
function notesOf(anchors: readonly ResolvedAnchor[]): string {
  return JSON.stringify([
    settings.language(),
    ...anchors.map(({ statement, entry }) => [statement.start, statement.end, entry.pack, entry.place, entry.text]),
  ]);
}

export interface NoteThreadsParts {
  readonly knowledge: Knowledge;
  readonly runs: LiveRuns;
  readonly places: SourcePlaces;
  readonly documents: RunnableDocuments;
}

/** A note that stands in a pack. */
class NoteComment implements vscode.Comment {
  mode = vscode.CommentMode.Preview;
  readonly author: vscode.CommentAuthorInformation;
  readonly contextValue = 'note';
  body: string;
  readonly before: string;

  constructor(
    readonly entry: Entry,
    readonly pack: vscode.Uri,
    readonly thread: () => vscode.CommentThread | undefined,
  ) {
    this.author = { name: pack.path.slice(pack.path.lastIndexOf('/') + 1) };
    const { en, zh } = entry.text;
    this.body = settings.language() === 'both' && en !== zh ? `${en}\n\n${zh}` : settings.language() === 'en' ? en : zh;
    this.before = this.body;
  }
}

export class NoteThreads implements vscode.Disposable {
  private readonly controller = vscode.comments.createCommentController('sockscope.notes', strings.ownNotes());
  private readonly shown = new Map<string, ShownThreads>();
  private readonly subscriptions: vscode.Disposable[];

  constructor(private readonly parts: NoteThreadsParts) {
    this.controller.options = { prompt: strings.writeNote(), placeHolder: strings.writeNotePlace() };
    this.controller.commentingRangeProvider = { provideCommentingRanges: (document) => this.ranges(document) };
    const show = (): void => vscode.window.visibleTextEditors.forEach(({ document }) => void this.show(document));
    const command = (name: string, act: (...given: never[]) => unknown): vscode.Disposable =>
      vscode.commands.registerCommand(`sockscope.${name}`, act);
    this.subscriptions = [
      this.controller,
      parts.knowledge.onChange(show),
      vscode.window.onDidChangeVisibleTextEditors(show),
      command('writeNote', () => this.begin()),
      command('saveNote', (reply: vscode.CommentReply) => this.save(reply)),
      command('editNote', (comment: NoteComment) => this.turn(comment, vscode.CommentMode.Editing)),
      command('leaveNote', (comment: NoteComment) => {
        comment.body = comment.before;
        this.turn(comment, vscode.CommentMode.Preview);
      }),
      command('keepNote', (comment: NoteComment) => this.change(comment)),
      command('removeNote', (comment: NoteComment) =>
        this.write(comment.pack, (pack) => removeNote(pack, comment.entry.place.start)),
      ),
    ];
    show();
  }

  dispose(): void {
    this.subscriptions.forEach((each) => each.dispose());
  }

  private isSource(document: vscode.TextDocument): boolean {
    const { runs, places, documents } = this.parts;
    return isKernelSource(document, runs, places, documents) && !documents.of(document);
  }

  /** Lines with a statement. */
  private async ranges(document: vscode.TextDocument): Promise<vscode.Range[]> {
    if (!this.isSource(document)) {
      return [];
    }
    const query = await this.parts.knowledge.query();
    const { functions } = query.annotatedFile(this.parts.knowledge.fileOf(document));
    return functions.flatMap(({ statements }) => statements.map(({ start, end }) => rangeIn(document, start, end)));
  }

  /**
   * Notes of people's own packs in a document. Threads whose notes are the same stay: a thread that comes into sight has
   * editors of its own, which are visible editors too, so that making it anew whenever those change would never end.
   */
  private async show(document: vscode.TextDocument): Promise<void> {
    const key = document.uri.toString();
    if (!this.isSource(document)) {
      return;
    }
    const query = await this.parts.knowledge.query();
    const { anchors } = query.annotatedFile(this.parts.knowledge.fileOf(document));
    const own = anchors.filter(({ entry }) => !bundledPacks.test(entry.pack));
    const notes = notesOf(own);
    const before = this.shown.get(key);
    if (before?.notes === notes) {
      return;
    }
    before?.threads.forEach((thread) => thread.dispose());
    const statements = [...new Set(own.map(({ statement }) => statement))];
    const threads = statements.map((statement) =>
      this.threadOn(
        document,
        statement,
        own.filter((each) => each.statement === statement),
      ),
    );
    this.shown.set(key, { notes, threads });
  }

  /** The thread of a statement with its notes. */
  private threadOn(
    document: vscode.TextDocument,
    statement: OutlineStatement,
    notes: readonly ResolvedAnchor[],
  ): vscode.CommentThread {
    let thread: vscode.CommentThread | undefined = undefined;
    const comments = notes.map(
      ({ entry }) => new NoteComment(entry, this.parts.places.uriOf(entry.pack), () => thread),
    );
    const range = rangeIn(document, statement.start, statement.end);
    thread = this.controller.createCommentThread(document.uri, range, comments);
    thread.label = strings.ownNotes();
    return thread;
  }

  /** A thread on the statement at the cursor, ready to be written in. */
  private async begin(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    const found =
      editor && this.isSource(editor.document)
        ? await this.statementAt(editor.document, editor.selection.active)
        : undefined;
    if (!editor || !found) {
      void vscode.window.showInformationMessage(strings.noStatementHere());
      return;
    }
    const range = rangeIn(editor.document, found.statement.start, found.statement.end);
    const thread = this.controller.createCommentThread(editor.document.uri, range, []);
    thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
    thread.label = strings.noteOn(found.outline.name);
  }

  /** The innermost statement around a position, or else the first one of its line. */
  private async statementAt(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<{ readonly outline: FunctionOutline; readonly statement: OutlineStatement } | undefined> {
    const query = await this.parts.knowledge.query();
    const annotated = query.annotatedFile(this.parts.knowledge.fileOf(document));
    const offset = document.offsetAt(position);
    const line = document.lineAt(position.line).range;
    const [from, to] = [document.offsetAt(line.start), document.offsetAt(line.end)];
    const outline = annotated.functionAt(offset);
    const around = outline?.statements.filter(({ start, end }) => start <= offset && offset <= end).pop();
    const statement = around ?? outline?.statements.find(({ start }) => from <= start && start <= to);
    return outline && statement && { outline, statement };
  }

  private async save({ thread, text }: vscode.CommentReply): Promise<void> {
    const document = await vscode.workspace.openTextDocument(thread.uri);
    const found = thread.range && (await this.statementAt(document, thread.range.start));
    const place = found && anchorFor(document.getText(), found.outline, found.statement);
    const pack = packForNewNotes(document.uri);
    const note = text.trim();
    if (!found || !place || !pack || note === '') {
      void vscode.window.showWarningMessage(pack ? strings.noStatementHere() : strings.noFolderForNotes());
      return;
    }
    const { name } = found.outline;
    if (await this.write(pack, (written) => addNote(written, name, place, languageOf(note), note))) {
      thread.dispose();
    }
  }

  private async change(comment: NoteComment): Promise<void> {
    const { entry, body, before } = comment;
    const { en, zh } = entry.text;
    const language = en === zh ? languageOf(before) : settings.language() === 'zh' ? 'zh' : 'en';
    if (settings.language() === 'both' && en !== zh) {
      const [first = '', ...rest] = body.split('\n\n');
      const isWritten = await this.write(comment.pack, (pack) => changeNote(pack, entry.place.start, 'en', first));
      await (isWritten &&
        this.write(comment.pack, (pack) => changeNote(pack, entry.place.start, 'zh', rest.join('\n\n'))));
      return;
    }
    await this.write(comment.pack, (pack) => changeNote(pack, entry.place.start, language, body.trim()));
  }

  /** Edits a pack; says so where it is not as it was read. */
  private async write(pack: vscode.Uri, edit: (text: string) => PackEdit | undefined): Promise<boolean> {
    const text = await packText(pack);
    const made = edit(text);
    if (made && (await editPack(pack, text, made))) {
      this.parts.knowledge.renew();
      return true;
    }
    void vscode.window.showWarningMessage(strings.packNotEdited(vscode.workspace.asRelativePath(pack)));
    return false;
  }

  private turn(comment: NoteComment, mode: vscode.CommentMode): void {
    comment.mode = mode;
    const thread = comment.thread();
    if (thread) {
      thread.comments = [...thread.comments];
    }
  }
}
