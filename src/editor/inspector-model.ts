/**
 * Builds the inspector's model from a stopped session.
 *
 * In: a `SessionApi`, what the reader asked for (thread, unfolded cards, followed pointers), and a way to get the notes
 * for a frame. Out: an `InspectorModel`, plain data. The builder remembers how every row was displayed at the stop
 * before, so that it can mark what a long move changed; asking again at the same stop gives the same marks.
 */
import { bilingual } from '../sentences/wording';
import type { Bilingual } from '../base/bilingual';
import type {
  CardModel,
  ChangeModel,
  FrameModel,
  InspectorModel,
  NoteModel,
  SocketStateModel,
  StatementModel,
  StopModel,
  ThreadModel,
} from '../protocol/inspector-model';
import {
  type FollowedPointer,
  type ObjectCard,
  type ObjectView,
  type SockFacts,
  nameOfScalar,
  type SessionApi,
  type Change,
  type StackFrame,
} from '../facade/session';
import { cardModels, titleOf, type Displays } from './inspector-cards';
import { eventModels } from './inspector-events';

export interface InspectorRequest {
  /** Thread whose stack is looked at; the one that stopped by default. */
  readonly thread?: number;
  /** Ids of cards shown with all fields. */
  readonly expanded?: ReadonlySet<string>;
  readonly followed?: readonly FollowedPointer[];
  readonly scenario?: Bilingual;
  /** Notes on the statement of a frame. */
  readonly notesFor?: (frame: StackFrame) => readonly NoteModel[];
}

/** One per session. */
export class InspectorModelBuilder {
  private revision = 0;
  private clock: number | undefined;
  private displays: Displays | undefined;
  private before: Displays | undefined;

  /** `sessionId` tells the view when to forget the layout of another run. */
  constructor(
    private readonly session: SessionApi,
    private readonly sessionId: string,
  ) {}

  /** The model of the present. */
  build(request: InspectorRequest = {}): InspectorModel {
    const { session } = this;
    const { stop } = session;
    if (stop.clock !== this.clock) {
      this.before = this.displays;
      this.clock = stop.clock;
    }
    const thread = request.thread ?? stop.thread;
    const threads = session.threads();
    const frames = threads.some((each) => each.id === thread) ? session.stack(thread) : [];
    const objects = session.objectView(frames, request.followed);
    const changes = session.changes();
    const { cards, displays } = cardModels({
      objects,
      changes,
      before: this.before,
      expanded: request.expanded ?? new Set(),
    });
    this.displays = displays;
    const journal = eventModels(session.journal(), (entry) => session.entryText(entry));
    return {
      revision: ++this.revision,
      session: this.sessionId,
      scenario: request.scenario,
      stop: stopModel(session),
      statement: frames[0] && statementModel(session, frames[0]),
      notes: frames[0] ? (request.notesFor?.(frames[0]) ?? []) : [],
      threads: threads.map((each): ThreadModel => ({
        id: each.id,
        pid: each.pid,
        name: each.name,
        state: each.state,
        waitsFor: each.waitsFor,
        call: each.call,
        current: each.id === thread,
      })),
      stack: frames.map(frameModel),
      cards,
      cardsLeftOff: objects.leftOff,
      sockets: objects.cards.flatMap((card) => (card.sock ? [socketState(card, card.sock, changes)] : [])),
      changes: changes.map((change) => changeModel(objects, cards, change)),
      events: journal.events,
      eventsLeftOff: journal.leftOff + (session.journalForgotten ?? 0),
    };
  }
}

function stopModel(session: SessionApi): StopModel {
  const { reason, clock, frontier, oldest, thread, switched, fault, expectation } = session.stop;
  const nameOf = (id: number): string => {
    const found = session.threads().find((each) => each.id === id);
    return found ? `${found.name} (pid ${found.pid})` : String(id);
  };
  return {
    reason,
    clock,
    frontier,
    oldest,
    thread,
    jiffies: session.jiffies(),
    switched: switched && { from: nameOf(switched.from), to: nameOf(switched.to), because: switched.because },
    fault: fault && {
      kind: fault.kind,
      message: bilingual(fault.message),
      address: fault.address,
      expression: fault.expression,
    },
    expectation: expectation && {
      line: expectation.line,
      expected: bilingual(expectation.expected),
      actual: bilingual(expectation.actual),
    },
  };
}

function frameModel(frame: StackFrame): FrameModel {
  return {
    function: frame.function,
    place: frame.path === undefined ? undefined : { path: frame.path, line: frame.line, column: frame.column },
    kind: frame.kind,
    context: frame.context,
  };
}

function statementModel(session: SessionApi, frame: StackFrame): StatementModel | undefined {
  if (frame.path === undefined) {
    return undefined;
  }
  const text = session.sourceFile(frame.path)?.text.slice(frame.start, frame.end) ?? '';
  return {
    function: frame.function,
    text: text.replace(/\s+/g, ' ').slice(0, 240),
    place: { path: frame.path, line: frame.line, column: frame.column },
    macro: frame.macro,
  };
}

function socketState(card: ObjectCard, sock: SockFacts, changes: readonly Change[]): SocketStateModel {
  const change = changes.find(
    ({ member, address }) =>
      member?.record === 'sock' &&
      member.path === 'state' &&
      address >= card.address &&
      address < card.address + card.size,
  );
  return {
    card: card.id,
    title: titleOf(card),
    ...sock,
    ...(change ? { changed: true, was: nameOfScalar(change.before) ?? change.from } : {}),
  };
}

function changeModel(objects: ObjectView, cards: readonly CardModel[], change: Change): ChangeModel {
  const around = objects.cards.filter(
    (card) => change.address >= card.address && change.address < card.address + card.size,
  );
  const smallest = [...around].sort((a, b) => a.size - b.size)[0];
  const row = smallest && rowAt(cards, smallest.id, change);
  return { path: change.path, from: change.from, to: change.to, card: smallest?.id, row };
}

/** The row of a card that shows the changed bytes. */
function rowAt(cards: readonly CardModel[], card: string, change: Change): string | undefined {
  const rows = cards.find((each) => each.id === card)?.rows ?? [];
  return rows.find((row) => row.address <= change.address && change.address < row.address + row.size)?.id;
}
