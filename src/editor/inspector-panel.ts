/**
 * The inspector's panel: hosts the webview and passes messages between it and the active run.
 *
 * In: stops of {@link LiveRuns}, messages of `src/protocol/messages.ts`. Out: a panel beside the editor with a strict
 * Content Security Policy, fed with the model at every stop (`model-sender.ts`), whole whenever it becomes visible again (a
 * hidden webview gets no messages). The panel survives a reload of the window through its serializer.
 */
import * as vscode from 'vscode';
import { isSameData } from '../base/same-data';
import { type Language } from '../catalog/language';
import { type NoteLanguage } from '../protocol/inspector-model';
import {
  askModel,
  configureView,
  copyText,
  dispatch,
  expandCard,
  explainField,
  followPointer,
  moveStory,
  on,
  pause,
  restHere,
  revealCard,
  revealSource,
  runScenario,
  selectThread,
  setNoteLanguage,
  showField,
  showIdle,
  showPicture,
  showRunning,
  showStory,
  step,
  travelTo,
  viewReady,
  watchPicture,
  wire,
  type InspectorStep,
  type MessageType,
  type WireMessage,
} from '../protocol/messages';
import type { PlaceModel } from '../protocol/inspector-model';
import type { PictureKind } from '../protocol/pictures';
import type { StoryModel } from '../protocol/story';
import { customRequests } from '../dap/sockscope-debug-session';
import { toWireThread } from '../dap/stops';
import type { InspectorFeed } from './inspector-feed';
import { inspectorPage } from './inspector-page';
import type { LiveRuns } from './live-runs';
import { ModelSender } from './model-sender';
import { settings } from './settings';
import type { SourcePlaces } from './source-places';
import type { StoryGuide } from './story-guide';

const inspectorViewType = 'sockscope.inspector';

/** DAP request for each step control of the inspector. A function: a table would load the adapter at activation. */
const requestsOf = (): Readonly<Record<InspectorStep, string>> => ({
  into: 'stepIn',
  over: 'next',
  out: 'stepOut',
  continue: 'continue',
  'back-into': customRequests.stepBackInto,
  'back-over': 'stepBack',
  'back-out': customRequests.stepBackOut,
  'back-continue': 'reverseContinue',
});

export class InspectorPanel implements vscode.Disposable, vscode.WebviewPanelSerializer {
  private panel: vscode.WebviewPanel | undefined;
  private readonly models = new ModelSender();
  /** What the page was told of the story. */
  private toldStory: StoryModel | undefined;
  /** The run is on the way of a drag, and these cards are in sight besides those in focus. */
  private passing: readonly string[] | undefined;

  /** The picture that the page shows. */
  private watched: { readonly kind: PictureKind; readonly choice: string | undefined } | undefined;
  private readonly subscriptions: vscode.Disposable[] = [];

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly runs: LiveRuns,
    private readonly feed: InspectorFeed,
    private readonly places: SourcePlaces,
    private readonly story: StoryGuide,
  ) {
    this.subscriptions.push(
      runs.onStop(() => this.update(this.passing)),
      runs.onResume(() => this.tellRunning()),
      runs.onActiveChange(() => this.update()),
      feed.onReady(() => this.update()),
      story.onChange(() => this.updateStory()),
      settings.onChange(() => this.configure()),
      vscode.window.registerWebviewPanelSerializer(inspectorViewType, this),
    );
  }

  /** Opens the panel beside the active editor, or brings it forward, without taking the focus away. */
  show(preserveFocus = true): void {
    if (this.panel) {
      this.panel.reveal(undefined, preserveFocus);
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      inspectorViewType,
      'SockScope',
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus },
      {},
    );
    this.adopt(panel);
  }

  get isOpen(): boolean {
    return this.panel !== undefined;
  }

  /** Brings the card of an object into view. */
  reveal(card: string, row?: string): void {
    this.show();
    this.post(revealCard, { card, row });
  }

  deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    this.panel?.dispose();
    this.adopt(panel);
    return Promise.resolve();
  }

  dispose(): void {
    this.panel?.dispose();
    for (const subscription of this.subscriptions) {
      subscription.dispose();
    }
  }

  private adopt(panel: vscode.WebviewPanel): void {
    this.panel = panel;
    this.forgetPage();
    panel.iconPath = vscode.Uri.joinPath(this.extensionUri, 'media', 'icons', 'inspector.svg');
    const dist = vscode.Uri.joinPath(this.extensionUri, 'dist');
    panel.webview.options = { enableScripts: true, localResourceRoots: [dist] };
    const received = panel.webview.onDidReceiveMessage((data: unknown) => this.receive(data));
    const seen = panel.onDidChangeViewState(() => {
      tellVisible(panel.visible);
      this.forgetPage();
      if (panel.visible) {
        this.update();
      }
    });
    panel.onDidDispose(() => {
      received.dispose();
      seen.dispose();
      if (this.panel === panel) {
        this.panel = undefined;
        tellVisible(false);
      }
    });
    tellVisible(panel.visible);
    panel.webview.html = pageOf(panel.webview, dist);
  }

  private post<P>(type: MessageType<P>, params: P): void {
    this.send(wire(type, params));
  }

  private send(message: WireMessage): void {
    if (this.panel?.visible) {
      void this.panel.webview.postMessage(message);
    }
  }

  /** Where the run stands in its story; a page that knows is not told again. */
  private updateStory(): void {
    const run = this.runs.active;
    const story = (run && this.story.model(run)) ?? { count: 0, number: 0, isThere: false };
    if (!isSameData(story, this.toldStory)) {
      this.toldStory = story;
      this.post(showStory, story);
    }
  }

  /** The page knows nothing of what it was told. */
  private forgetPage(): void {
    this.models.forget();
    this.toldStory = undefined;
  }

  private configure(): void {
    this.post(configureView, { ui: isChinese() ? 'zh' : 'en', notes: notesIn(settings.language()) });
  }

  /** Who drags knows. */
  private tellRunning(): void {
    if (!this.passing) {
      this.post(showRunning, {});
    }
  }

  /** Sends what there is to show now. */
  private update(passing?: readonly string[]): void {
    const run = this.runs.active;
    if (!this.panel?.visible) {
      return;
    }
    const model = run && this.feed.model(run, passing);
    if (model) {
      this.send(this.models.message(model));
      this.updateStory();
      void this.updatePicture();
    } else {
      this.forgetPage();
      this.post(showIdle, {});
    }
  }

  /** The picture that the page shows. */
  private async updatePicture(): Promise<void> {
    const run = this.runs.active;
    const { watched } = this;
    const picture = run && watched && (await this.feed.picture(run, watched.kind, watched.choice));
    if (picture && this.watched === watched && this.runs.active === run) {
      this.post(showPicture, { session: run.debugSession.id, picture });
    }
  }

  private receive(data: unknown): void {
    dispatch(data, [
      on(viewReady, () => {
        this.watched = undefined;
        this.forgetPage();
        this.configure();
        this.update();
      }),
      on(askModel, () => {
        this.models.forget();
        this.update();
      }),
      on(step, ({ kind }) => this.request(new Map(Object.entries(requestsOf())).get(kind))),
      on(moveStory, ({ by }) => void this.story.move(by === -1 ? -1 : 1)),
      on(pause, () => this.request('pause')),
      on(travelTo, ({ clock, passing }) => {
        const goesOn = passing !== undefined;
        this.request(customRequests.travelTo, { clock, ...(goesOn ? { goesOn } : {}) }, passing);
      }),
      on(restHere, () => {
        this.passing = undefined;
        this.update();
      }),
      on(revealSource, (place) => void showPlace(this.places.uriOf(String(place.path)), place)),
      on(expandCard, ({ card, expanded }) => {
        this.feed.setExpanded(card, expanded);
        this.update();
      }),
      on(followPointer, (pointer) => {
        this.feed.follow(pointer);
        this.update();
      }),
      on(watchPicture, ({ kind, choice }) => {
        this.watched = kind && { kind, choice };
        void this.updatePicture();
      }),
      on(explainField, ({ field }) => this.post(showField, { field, note: this.feed.fieldNote(String(field)) })),
      on(selectThread, ({ thread }) => {
        this.feed.selectThread(thread);
        this.update();
      }),
      on(setNoteLanguage, ({ notes }) => void settings.setLanguage(notes)),
      on(copyText, ({ text }) => void vscode.env.clipboard.writeText(String(text))),
      on(runScenario, () => void vscode.commands.executeCommand('sockscope.runScenario')),
    ]);
  }

  private request(command: string | undefined, args: object = {}, passing?: readonly string[]): void {
    const run = this.runs.active;
    if (!run || command === undefined) {
      return;
    }
    this.passing = passing;
    const { stop } = run.session;
    const threadId = toWireThread(this.feed.selectedThread ?? Math.max(0, stop.thread));
    run.request(command, { threadId, ...args }).catch((error: unknown) => {
      void vscode.window.showWarningMessage(error instanceof Error ? error.message : String(error));
      this.update();
    });
  }
}

/** Shows a source place in the first editor column that is not the inspector's. */
async function showPlace(uri: vscode.Uri, { line, column }: PlaceModel): Promise<void> {
  const at = new vscode.Position(Math.max(0, Number(line) - 1), Math.max(0, Number(column) - 1));
  const visible = vscode.window.visibleTextEditors.find((editor) => editor.document.uri.toString() === uri.toString());
  await vscode.window.showTextDocument(uri, {
    viewColumn: visible?.viewColumn ?? vscode.ViewColumn.One,
    selection: new vscode.Range(at, at),
  });
}

function pageOf(webview: vscode.Webview, dist: vscode.Uri): string {
  const at = (...names: string[]): string => webview.asWebviewUri(vscode.Uri.joinPath(dist, ...names)).toString();
  return inspectorPage({
    cspSource: webview.cspSource,
    script: at('inspector.js'),
    style: at('inspector.css'),
    codicons: at('codicons', 'codicon.css'),
    nonce: makeNonce(),
    language: isChinese() ? 'zh-CN' : 'en',
  });
}

/** Notes are Chinese or English: a further language has the English ones. */
function notesIn(language: Language): NoteLanguage {
  return language === 'zh' || language === 'both' ? language : 'en';
}

function isChinese(): boolean {
  return vscode.env.language.toLowerCase().startsWith('zh');
}

/** 128 random bits as hex: only this page's script tag may run. */
function makeNonce(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** While it is on show no button for it takes room from the tabs. */
function tellVisible(isVisible: boolean): void {
  void vscode.commands.executeCommand('setContext', 'sockscope.inspectorVisible', isVisible);
}
