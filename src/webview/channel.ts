/**
 * The webview's line to the extension, and its memory.
 *
 * In: messages from the extension, the state VS Code kept for this view. Out: messages to it. `acquireVsCodeApi` may be
 * called once per page, so the one `Channel` of `main.ts` is handed to whoever needs it.
 */
import { wire, type MessageType } from '../protocol/messages';
import type { PictureKind } from '../protocol/pictures';

/** What VS Code puts into the page of a webview. */
export interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

/** What stands in the middle of the page. */
export type InspectorView = 'graph' | 'tree' | PictureKind;

/** What the view remembers across being hidden and across window reloads. */
export interface ViewState {
  /** Places belong to this session only. */
  readonly session?: string;
  readonly places?: readonly (readonly [id: string, column: number, y: number])[];
  /** Cards the reader opened, in this session. */
  readonly opened?: readonly string[];
  readonly view?: InspectorView;
  readonly zoom?: number;
  /** Statements a second, when playing. */
  readonly pace?: number;
  /** Sections the reader closed. */
  readonly closed?: readonly string[];
  /** Kinds of events the reader does not want to see. */
  readonly hiddenEvents?: readonly string[];
}

export class Channel {
  constructor(private readonly api: VsCodeApi) {}

  post<P>(type: MessageType<P>, params: P): void {
    this.api.postMessage(wire(type, params));
  }

  /** The remembered state; what is malformed (another version wrote it) counts as nothing. */
  get state(): ViewState {
    const state = this.api.getState();
    return typeof state === 'object' && state !== null ? state : {};
  }

  /** Changes part of the remembered state. */
  remember(part: ViewState): void {
    this.api.setState({ ...this.state, ...part });
  }
}
