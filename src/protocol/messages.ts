/**
 * Every message between the extension and the inspector, as typed constants that both sides import.
 *
 * In and out: nothing runs here but `post` and `dispatch`. A message on the wire is `{ method, params }`; a
 * `MessageType<P>` ties a method name to the type of its parameters. Unknown methods and malformed messages are ignored
 * by `dispatch`, so that an older view restored beside a newer extension does no harm.
 */
import type { StoryModel } from './story';
import type { InspectorModel, NoteLanguage, NoteModel, PlaceModel, UiLanguage } from './inspector-model';
import type { ModelChange } from './model-change';
import type { Picture, PictureKind } from './pictures';

/** A method and the type of its parameters. */
export interface MessageType<P> {
  readonly method: string;
  /** Never set; carries the type. */
  readonly params?: P;
}

function message<P>(method: string): MessageType<P> {
  return { method };
}

/** How the view words things. */
export interface ViewSettings {
  readonly ui: UiLanguage;
  readonly notes: NoteLanguage;
}

/** How far a step goes, as the session has it. */
export type InspectorStep =
  'into' | 'over' | 'out' | 'continue' | 'back-into' | 'back-over' | 'back-out' | 'back-continue';

// Extension → inspector.

/** The machine stopped, or the view became visible: draw this. */
export const showModel = message<InspectorModel>('showModel');
/** The same, for a page that has the model before. */
export const changeModel = message<ModelChange>('changeModel');
/** A command runs; controls other than pause are off until the next model. */
export const showRunning = message<{ readonly clock?: number }>('showRunning');
/** No debugging session: show how to start one. */
export const showIdle = message<Record<string, never>>('showIdle');
/** Languages; sent before the first model and whenever they change. */
export const configureView = message<ViewSettings>('configureView');
/** A picture of the run up to now, while the page watches it. */
export const showPicture = message<{ readonly session: string; readonly picture: Picture }>('showPicture');
/** Where the run stands in its story. */
export const showStory = message<StoryModel>('showStory');
/** The note on a field; none when nobody has written one. */
export const showField = message<{ readonly field: string; readonly note?: NoteModel }>('showField');
/** Bring a card (and row) into view and focus it. */
export const revealCard = message<{ readonly card: string; readonly row?: string }>('revealCard');

// Inspector → extension.

/** The view's script runs and wants settings and a model. */
export const viewReady = message<Record<string, never>>('viewReady');
/** A change came for a model that the page has not: it wants the whole. */
export const askModel = message<Record<string, never>>('askModel');
/** Move the machine. */
export const step = message<{ readonly kind: InspectorStep }>('step');
/** Go to the next moment of the story, or to the one before. */
export const moveStory = message<{ readonly by: 1 | -1 }>('moveStory');
/** Stop a running command at the next statement. */
export const pause = message<Record<string, never>>('pause');
/**
 * Go to a clock between `oldest` and `frontier`. With `passing` on with the travel before, and not for long: of the moment
 * only what is in sight is wanted, which besides the cards in focus are these.
 */
export const travelTo = message<{ readonly clock: number; readonly passing?: readonly string[] }>('travelTo');
/** The drag has come to rest: the whole model of the moment is wanted. */
export const restHere = message<Record<string, never>>('restHere');
/** Show a place in the editor. */
export const revealSource = message<PlaceModel>('revealSource');
/** Show all fields of a card, or only the important ones again; answered by a new model. */
export const expandCard = message<{ readonly card: string; readonly expanded: boolean }>('expandCard');
/** Follow a pointer whose target has no card: make its object part of the graph; answered by a new model. */
export const followPointer = message<{ readonly address: number; readonly expression?: string; readonly type: string }>(
  'followPointer',
);
/** What is known about a field: `sock.daddr`; answered by {@link showField}. */
export const explainField = message<{ readonly field: string }>('explainField');
/** The page shows this picture, or none any more; answered by the picture now and after each stop. */
export const watchPicture = message<{ readonly kind?: PictureKind; readonly choice?: string }>('watchPicture');
/** Step this process from now on, and show its stack. */
export const selectThread = message<{ readonly thread: number }>('selectThread');
/** Language of the notes, kept in the `sockscope.language` setting. */
export const setNoteLanguage = message<{ readonly notes: NoteLanguage }>('setNoteLanguage');
/** Put the text twin of what is shown on the clipboard. */
export const copyText = message<{ readonly text: string }>('copyText');
/** The button of the empty view: SockScope: Run Scenario… */
export const runScenario = message<Record<string, never>>('runScenario');

/** What goes over `postMessage`. */
export interface WireMessage {
  readonly method: string;
  readonly params: unknown;
}

/** Puts a message in its wire form. */
export function wire<P>(type: MessageType<P>, params: P): WireMessage {
  return { method: type.method, params };
}

/** A handler together with the message type it handles, for {@link dispatch}. */
export interface Handler {
  readonly method: string;
  readonly handle: (params: unknown) => void;
}

/** Pairs a message type with a function that takes its parameters. */
export function on<P>(type: MessageType<P>, handle: (params: P) => void): Handler {
  return { method: type.method, handle: (params) => handle(params as P) };
}

/** Calls the handler of `data`'s method; returns whether there was one. */
export function dispatch(data: unknown, handlers: readonly Handler[]): boolean {
  if (typeof data !== 'object' || data === null || typeof (data as WireMessage).method !== 'string') {
    return false;
  }
  const { method, params } = data as WireMessage;
  const handler = handlers.find((each) => each.method === method);
  if (!handler || typeof params !== 'object' || params === null) {
    return false;
  }
  handler.handle(params);
  return true;
}
