/**
 * Tools around a run that stands still: open, step, go back, evaluate.
 *
 * In: values, the host's doors, one cache of compiled kernels. Out: where the run stands, with its frames and variables.
 * A few runs are kept; the one used least recently goes first. What an expression changes happens on a branch that is
 * thrown away before the answer is given.
 */
import type { CliIo } from '../cli/cli-io';
import { openSession, type ProgramCache } from '../facade/open-session';
import type { SessionApi, StackFrame, StepKind, Stop, ValueNode } from '../facade/session';
import { wording } from '../sentences/wording';
import { formatDiagnostic } from '../source/diagnostic';
import type { Bounds } from './bounded-io';
import { Refusal, type Parameter, type Tool, type Values } from './tool';

const mostRuns = 4;
const mostSteps = 1000;
const mostFrames = 12;
const mostVariables = 30;
/** Statements that one move executes at most. */
const stepBudget = 20_000_000;

const run: Parameter = { type: 'string', description: 'Name of an open run, as `run` gave it' };
const count: Parameter = { type: 'integer', optional: true, description: `How often, at most ${mostSteps}` };

export class RunTools {
  private readonly runs = new Map<string, SessionApi>();
  private opened = 0;

  constructor(
    private readonly host: CliIo,
    private readonly cache: ProgramCache,
    private readonly bounds: Bounds,
  ) {}

  readonly tools: readonly Tool[] = [
    {
      name: 'run',
      description:
        'Opens a run of a scenario and stops: at the first statement of a function, else at the first system call; with to_end, at the end, with every call and packet.',
      parameters: {
        scenario: { type: 'string', description: 'Name of a bundled scenario, or path of a packetdrill script (.pkt)' },
        stop_at: { type: 'string', optional: true, description: 'Function of the kernel' },
        to_end: { type: 'boolean', optional: true, description: 'Run to the end' },
      },
      call: (values) => this.open(values),
    },
    {
      name: 'step',
      description: 'Moves an open run forward.',
      parameters: {
        run,
        kind: { type: 'string', description: 'How', choices: ['into', 'over', 'out', 'continue'] },
        count,
      },
      call: (values) => this.move(values, ''),
    },
    {
      name: 'back',
      description: 'Moves an open run backward, or to a clock.',
      parameters: {
        run,
        kind: { type: 'string', optional: true, description: 'How', choices: ['into', 'over', 'out', 'continue'] },
        count,
        clock: { type: 'integer', optional: true, description: 'Statements executed at the moment to go to' },
      },
      call: (values) => this.move(values, 'back-'),
    },
    {
      name: 'evaluate',
      description:
        'The value of a C expression where an open run stands, with its members. Assignments and calls happen on a branch that is thrown away.',
      parameters: {
        run,
        expression: { type: 'string', description: 'C, such as *sk or skb->h.th->seq' },
        frame: { type: 'integer', optional: true, description: 'Frame, 0 for the innermost' },
      },
      call: (values) => this.evaluate(values),
    },
  ];

  private async open({ scenario, stop_at: stopAt, to_end: toEnd }: Values): Promise<unknown> {
    const name = String(scenario);
    const file = name.endsWith('.pkt') ? this.host.openFile(name) : undefined;
    if (file && 'code' in file) {
      throw new Refusal(formatDiagnostic(file));
    }
    const { session, diagnostics } = await openSession({
      media: this.host.media(),
      wasm: this.host.parserWasm(),
      cache: this.cache,
      stepBudget,
      ...(file ? { script: { path: file.path, text: file.text } } : { scenario: name }),
    });
    if (!session) {
      throw new Refusal(diagnostics.map((each) => formatDiagnostic(each)).join('\n'));
    }
    if (stopAt !== undefined && !session.hasFunction(String(stopAt))) {
      session.dispose();
      throw new Refusal(`there is no function '${stopAt}' in the compiled kernel`);
    }
    const breathe = this.breathe();
    await session.start(
      stopAt !== undefined
        ? { stopAtFunction: String(stopAt), stopOnEntry: false, breathe }
        : { stopOnEntry: toEnd !== true, breathe },
    );
    return { run: this.keep(session), ...shown(session), ...(toEnd === true ? { journal: journalOf(session) } : {}) };
  }

  private async move({ run: name, kind, count: times, clock }: Values, prefix: '' | 'back-'): Promise<unknown> {
    const session = this.of(name);
    const breathe = this.breathe();
    if (clock !== undefined) {
      await session.travelTo(Math.max(session.stop.oldest, Number(clock)), { breathe });
      return shown(session);
    }
    const step = `${prefix}${kind ?? 'over'}` as StepKind;
    for (let left = Math.min(mostSteps, Math.max(1, Number(times ?? 1))); left > 0; left--) {
      const { reason } = await session.run(step, { breathe });
      if (reason !== 'step') {
        break;
      }
    }
    return shown(session);
  }

  private async evaluate({ run: name, expression, frame: index }: Values): Promise<unknown> {
    const session = this.of(name);
    const frame = framesOf(session)[Number(index ?? 0)];
    const { value, changed, diagnostics } = session.evaluate(String(expression), frame, { sideEffects: true });
    const answer = value && { ...told(value), members: value.children(0, mostVariables).map(told) };
    if (changed) {
      await session.branches.undo();
    }
    if (!answer) {
      throw new Refusal(diagnostics.map(({ message }) => wording(message, 'en')).join('; '));
    }
    return { ...answer, ...(changed ? { thrownAway: true } : {}), at: frame && placed(frame) };
  }

  private of(name: Values[string]): SessionApi {
    const key = String(name);
    const session = this.runs.get(key);
    if (!session) {
      throw new Refusal(`there is no open run '${key}': ${[...this.runs.keys()].join(', ') || 'open one with run'}`);
    }
    this.runs.delete(key);
    this.runs.set(key, session);
    return session;
  }

  private keep(session: SessionApi): string {
    const [[oldest, first] = []] = this.runs;
    if (oldest !== undefined && this.runs.size >= mostRuns) {
      first?.dispose();
      this.runs.delete(oldest);
    }
    const name = `run-${++this.opened}`;
    this.runs.set(name, session);
    return name;
  }

  private breathe(): () => Promise<boolean> {
    const until = this.host.now() + this.bounds.milliseconds;
    return async () => {
      await this.host.breathe();
      return this.host.now() > until;
    };
  }
}

function framesOf(session: SessionApi): readonly StackFrame[] {
  return session.stack(Math.max(0, session.stop.thread));
}

function shown(session: SessionApi): object {
  const { stop } = session;
  const frames = framesOf(session);
  const [top] = frames;
  return {
    ...standing(stop),
    frames: frames.slice(0, mostFrames).map(placed),
    variables: top ? session.locals(top).slice(0, mostVariables).map(told) : [],
    changes: session.changes().map(({ path: what, from, to }) => ({ what, from, to })),
  };
}

function standing({ reason, clock, frontier, fault, expectation }: Stop): object {
  return {
    reason,
    clock,
    frontier,
    ...(fault ? { fault: wording(fault.message, 'en') } : {}),
    ...(expectation
      ? {
          expectation: {
            scenarioLine: expectation.line,
            expected: wording(expectation.expected, 'en'),
            actual: wording(expectation.actual, 'en'),
          },
        }
      : {}),
  };
}

function placed({ function: name, path, line, endLine }: StackFrame): object {
  return path === undefined ? { function: name, service: true } : { function: name, path, line, endLine };
}

function told({ name, type, display }: ValueNode): object {
  return { name, type, value: display };
}

function journalOf(session: SessionApi): readonly string[] {
  return session
    .journal()
    .slice(-100)
    .map((entry) => session.entryText(entry).en);
}
