/**
 * Builds the inspector's model from a stopped session.
 *
 * In: a `SessionApi`, what the reader asked for (thread, unfolded cards, followed pointers), and a way to get the notes
 * for a frame. Out: an `InspectorModel`, plain data. The builder remembers how every row was displayed at the stop
 * before, so that it can mark what a long move changed; asking again at the same stop gives the same marks. On the way of a
 * drag only what is in sight is read; the rest stays as in the last whole model.
 */
import { bilingual } from '../sentences/wording';
import { sameText, type Bilingual } from '../base/bilingual';
import type {
  CardModel,
  ChangeModel,
  FocusModel,
  FrameModel,
  InspectorModel,
  NoteModel,
  RowModel,
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
  type Thread,
  threadName,
  whyLeft,
} from '../facade/session';
import { sessionSeconds } from '../facade/ladder';
import { cardModels, socketName, titleOf, type Displays, type KeptCards } from './inspector-cards';
import { eventModels, type KnownEvents } from './inspector-events';

export interface InspectorRequest {
  /** Thread whose stack is looked at; the one that stopped by default. */
  readonly thread?: number;
  /** Ids of cards shown with all fields. */
  readonly expanded?: ReadonlySet<string>;
  readonly followed?: readonly FollowedPointer[];
  readonly scenario?: Bilingual;
  /** The moment is one of a drag: besides the cards in focus only these are read. */
  readonly passing?: readonly string[];
  /** Notes on the statement of a frame. */
  readonly notesFor?: (frame: StackFrame) => readonly NoteModel[];
}

/** One per session. */
export class InspectorModelBuilder {
  private revision = 0;
  /** The last whole model. */
  private whole: InspectorModel | undefined;
  private clock: number | undefined;
  /** Clock of the stop before. */
  private clockBefore: number | undefined;
  /** Where a drag has come by since the last whole model. */
  private passed: number | undefined;
  private displays: Displays | undefined;
  private before: Displays | undefined;
  /** What of the stop before may still be the same. */
  private kept: KeptCards = new Map();
  private readonly knownEvents: KnownEvents = new WeakMap();

  /** `sessionId` tells the view when to forget the layout of another run. */
  constructor(
    private readonly session: SessionApi,
    private readonly sessionId: string,
  ) {}

  /** The model of the present. */
  build(request: InspectorRequest = {}): InspectorModel {
    return request.passing && this.whole
      ? this.passing(this.whole, request, new Set(request.passing))
      : (this.whole = this.present(request));
  }

  private present(request: InspectorRequest): InspectorModel {
    const { session } = this;
    if (session.stop.clock !== (this.passed ?? this.clock) && !session.wentOn) {
      this.before = this.passed === undefined ? this.displays : undefined;
      this.clockBefore = this.passed ?? this.clock;
    }
    this.clock = session.stop.clock;
    this.passed = undefined;
    const changes = session.changes();
    const { objects, made, ...rest } = this.look(request, changes);
    const { cards, displays, kept } = made;
    this.displays = displays;
    this.kept = kept;
    const journal = eventModels(session.journal(), (entry) => session.entryText(entry), this.knownEvents);
    const [frame] = rest.frames;
    return {
      scenario: request.scenario,
      ...rest.model,
      notes: frame ? (request.notesFor?.(frame) ?? []) : [],
      cards,
      cardsLeftOff: objects.leftOff,
      sockets: objects.cards.flatMap((card) => (card.sock ? [socketState(card, card.sock, changes)] : [])),
      changes: inFocusFirst(
        [...changes.map((change) => changeModel(cards, change)), ...changedLists(cards, changes)],
        rest.model.focus,
      ),
      events: journal.events,
      eventsLeftOff: journal.leftOff + (session.journalForgotten ?? 0),
    };
  }

  /** What is in sight of this moment, the rest of the whole model before. */
  private passing(whole: InspectorModel, request: InspectorRequest, only: ReadonlySet<string>): InspectorModel {
    const { model, made } = this.look(request, [], only);
    this.kept = new Map([...this.kept, ...made.kept]);
    this.passed = model.stop.clock;
    const read = new Set(made.cards.map(({ id }) => id));
    const others = whole.cards.filter(({ id, kind }) => !read.has(id) && kind !== 'frame');
    return { ...whole, ...model, isPassing: true, cards: [...made.cards, ...others] };
  }

  /** What every picture has; `only`: of the objects those in focus, and these. */
  private look(request: InspectorRequest, changes: readonly Change[], only?: ReadonlySet<string>) {
    const { session } = this;
    const thread = request.thread ?? session.stop.thread;
    const threads = session.threads();
    const frames = threads.some((each) => each.id === thread) ? session.stack(thread) : [];
    const expanded = request.expanded ?? new Set();
    const objects = session.objectView(frames, request.followed, { cards: expanded, bytes: changes, only });
    const made = cardModels({
      objects,
      changes,
      before: only ? undefined : this.before,
      steppedFrom: session.stepped ? this.clockBefore : undefined,
      expanded,
      kept: this.kept,
    });
    const model = {
      revision: ++this.revision,
      session: this.sessionId,
      stop: stopModel(session),
      statement: frames[0] && statementModel(session, frames[0]),
      threads: threads.map((each) => threadModel(each, thread)),
      stack: frames.map((frame, index) => frameModel(frame, objects.sockets[index])),
      focus: focusModels(objects, made.cards),
    };
    return { objects, made, frames, model };
  }
}

function threadModel(thread: Thread, current: number): ThreadModel {
  const { id, pid, state, sleepsIn, call } = thread;
  return { id, pid, name: threadName(thread), state, sleepsIn, call, current: id === current };
}

function stopModel(session: SessionApi): StopModel {
  const { reason, clock, frontier, oldest, thread, switched, fault, expectation, watched, read } = session.stop;
  const nameOf = (id: number): Bilingual => {
    const left = switched?.from === id ? switched.left : undefined;
    const found = left ?? session.threads().find((each) => each.id === id);
    const name = found && threadName(found);
    return name ? { en: `${name.en} (pid ${found.pid})`, zh: `${name.zh}（pid ${found.pid}）` } : sameText(String(id));
  };
  return {
    reason,
    clock,
    frontier,
    oldest,
    thread,
    watched,
    read,
    jiffies: session.jiffies(),
    seconds: sessionSeconds(session),
    switched: switched && {
      from: nameOf(switched.from),
      to: nameOf(switched.to),
      because: whyLeft[switched.because],
    },
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

function frameModel(frame: StackFrame, socket: ObjectView['sockets'][number]): FrameModel {
  return {
    ...(socket && { socket: bilingual(socket.name) }),
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
    name: socketName(card),
    title: titleOf(card),
    ...sock,
    ...(change ? { changed: true, was: nameOfScalar(change.before) ?? change.from } : {}),
  };
}

/** Cards of the frame: its variables, then its objects. A card that was left off is not in focus. */
function focusModels({ focus }: ObjectView, cards: readonly CardModel[]): readonly FocusModel[] {
  const wanted = [
    ...focus.frames.map(({ id }) => ({ card: id, touched: false })),
    ...focus.objects.map(({ card, touched }) => ({ card, touched })),
  ];
  return wanted.filter(({ card }) => cards.some(({ id }) => id === card));
}

function changeModel(cards: readonly CardModel[], change: Change): ChangeModel {
  const around = cards.filter((card) => change.address >= card.address && change.address < card.address + card.size);
  const smallest = [...around].sort((a, b) => a.size - b.size)[0];
  const row = smallest && rowAt(smallest, change);
  const where = { from: change.from, to: change.to, card: smallest?.id, row: row?.id };
  return { ...namedPath(cards, smallest, change), ...where };
}

/** A cast address says nothing to a person: a socket and a process are called by their names. */
function namedPath(
  cards: readonly CardModel[],
  smallest: CardModel | undefined,
  { path }: Change,
): Pick<ChangeModel, 'socket' | 'path'> {
  const cast = /^\(\(struct \w+ \*\) (0x[0-9a-f]+)\)->(.+)$/.exec(path);
  const [, address, member = ''] = cast ?? [];
  const socket = cards.find((card) => card.kind === 'sock' && card.address === Number(address))?.socket;
  if (socket) {
    return { socket, path: member };
  }
  return cast && smallest?.kind === 'task' && smallest.summary !== undefined
    ? { socket: sameText(smallest.summary), path: member.slice(member.lastIndexOf('->') + 2) }
    : { path };
}

/** The row of a card that shows the changed bytes; of bit-fields, which share theirs, the one of that name. */
function rowAt({ rows }: CardModel, { address, member }: Change): RowModel | undefined {
  const there = rows.filter((row) => row.address <= address && address < row.address + row.size);
  const name = member?.path.replace(/^.*\./, '');
  return there.find((row) => row.changed && row.id.replace(/^.*\./, '') === name) ?? there[0];
}

/** What is in sight comes first, then what has a card; a long way changes more than anyone reads. */
function inFocusFirst(changes: readonly ChangeModel[], focus: readonly FocusModel[]): readonly ChangeModel[] {
  const inFocus = new Set(focus.map(({ card }) => card));
  const rank = ({ card }: ChangeModel): number => (card === undefined ? 2 : inFocus.has(card) ? 0 : 1);
  return [...changes].sort((a, b) => rank(a) - rank(b));
}

/** Lists whose elements are others though no byte of the field in which they start has changed. */
function changedLists(cards: readonly CardModel[], changes: readonly Change[]): readonly ChangeModel[] {
  return cards.flatMap((card) =>
    card.rows
      .filter(
        (row) =>
          row.changed === true &&
          row.chain !== undefined &&
          changes.every(({ address, size }) => address >= row.address + row.size || row.address >= address + size),
      )
      .map((row) => ({
        path: row.expression ?? row.name,
        from: row.was ?? '',
        to: row.display,
        card: card.id,
        row: row.id,
      })),
  );
}
