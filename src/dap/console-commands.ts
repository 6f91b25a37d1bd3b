/**
 * What the debug console understands besides C: branches of the run, what is done to it from outside, and where values
 * come from.
 *
 * In: a line of the console. Out: nothing when it is no command, else the answer as text. `help` lists the forms.
 */
import { beginningText, branchLines, comparisonLines, originLines, type WordedLine } from '../facade/branch-words';
import type { Order } from '../facade/branch-words';
import type { AdapterContext } from './adapter-context';
import { arrive, comparisonOf, originOf, words } from './branch-requests';
import { goToMoment, lastHappenings, made, markMoment } from './moment-requests';
import { questionForms } from './history-requests';
import type { Happened, Reply } from './request-table';
import { say, texts } from './texts';

interface Line {
  readonly adapter: AdapterContext;
  readonly reply: Reply;
  readonly frameId: number | undefined;
}

interface ConsoleCommand {
  /** How it is written. */
  readonly usage: string;
  readonly form: RegExp;
  readonly run: (line: Line, groups: readonly string[]) => Promise<string> | string;
}

const commands: readonly ConsoleCommand[] = [
  {
    usage: 'branches',
    form: /^branches$/,
    run: (line) => shown(line, branchLines(line.adapter.standing().session.branches.list())),
  },
  {
    usage: 'branch [NAME]',
    form: /^branch(?:\s+(\S+))?$/,
    run: ({ adapter, reply }, [name]) =>
      arrive(adapter, adapter.movable().session.branches.begin(name || undefined), reply).branch.name,
  },
  {
    usage: 'switch NAME',
    form: /^switch\s+([^\s(]\S*)$/,
    run: async ({ adapter, reply }, [name = '']) =>
      arrive(adapter, await adapter.movable().session.branches.switchTo(name), reply).branch.name,
  },
  {
    usage: 'undo',
    form: /^undo$/,
    run: async ({ adapter, reply }) =>
      arrive(adapter, await adapter.movable().session.branches.undo(), reply).branch.name,
  },
  {
    usage: 'drop packet N',
    form: /^drop\s+packet\s+(\d{1,9})$/,
    run: (line, [packet]) => ordered(line, { kind: 'packet', packet: Number(packet), by: undefined }),
  },
  {
    usage: 'delay packet N 200ms',
    form: /^delay\s+packet\s+(\d{1,9})\s+(?:by\s+)?(\d{1,9})\s*(us|ms|s)$/,
    run: (line, [packet, time, unit = 'ms']) =>
      ordered(line, { kind: 'packet', packet: Number(packet), by: Number(time) * (microseconds[unit] ?? 1) }),
  },
  {
    usage: 'fail allocation N [of CACHE]',
    form: /^fail\s+allocation\s+(\d{1,9})(?:\s+of\s+(\S+))?$/,
    run: (line, [nth, target]) => ordered(line, { kind: 'allocation', nth: Number(nth), target: target || '*' }),
  },
  {
    usage: 'run first PID',
    form: /^run\s+first\s+(\d{1,9})$/,
    run: (line, [pid]) => ordered(line, { kind: 'run-first', pid: Number(pid) }),
  },
  {
    usage: 'compare A B',
    form: /^compare\s+(\S+)\s+(\S+)$/,
    run: async (line, [a = '', b = '']) =>
      shown(line, comparisonLines(await comparisonOf(line.adapter, a, b, line.reply))),
  },
  {
    usage: 'origin EXPRESSION',
    form: /^origin\s+([A-Za-z_*&(].*)$/,
    run: async (line, [expression = '']) =>
      shown(line, originLines(await originOf(line.adapter, expression, line.frameId, line.reply))),
  },
  {
    usage: 'mark NAME',
    form: /^mark\s+(\S.{0,79})$/,
    run: ({ adapter }, [name = '']) => {
      const { clock, branch } = markMoment(adapter, name);
      return `${name}: ${branch} ${clock}`;
    },
  },
  {
    usage: 'marks',
    form: /^marks$/,
    run: ({ adapter }) =>
      adapter.moments
        .list()
        .map(({ name, clock, branch }) => `${name}: ${branch} ${clock}`)
        .join('\n') || say(texts.noMarks, adapter.language()),
  },
  {
    usage: 'go NAME|CLOCK',
    form: /^go\s+(\S.{0,79})$/,
    run: async ({ adapter, reply }, [name = '']) => {
      await goToMoment(adapter, name, reply);
      return name;
    },
  },
  {
    usage: 'happened',
    form: /^happened$/,
    run: ({ adapter }) => happenedText(lastHappenings(adapter, 30)) || say(texts.nothingHappened, adapter.language()),
  },
  {
    usage: 'made',
    form: /^made$/,
    run: async ({ adapter }) => happenedText(await made(adapter)) || say(texts.nothingMade, adapter.language()),
  },
  {
    usage: 'help',
    form: /^help$/,
    run: ({ adapter }) =>
      [
        say(texts.consoleHelp, adapter.language()),
        ...[...forms, ...questionForms, ...commands.map(({ usage }) => usage)].map((usage) => `  ${usage}`),
      ].join('\n'),
  },
];

/** What is like gdb's: see `values/requested.ts`. */
const forms: readonly string[] = ['p[/FORMAT] EXPRESSION', 'x[/COUNT FORMAT SIZE] ADDRESS', 'EXPRESSION@COUNT'];

const microseconds: Readonly<Record<string, number>> = { us: 1, ms: 1000, s: 1_000_000 };

/** The answer to a line that is a command; undefined for any other, which is C. */
export function consoleAnswer(
  text: string,
  adapter: AdapterContext,
  reply: Reply,
  frameId: number | undefined,
): Promise<string> | undefined {
  const line = text.trim();
  for (const { form, run } of commands) {
    const [whole, ...groups] = form.exec(line) ?? [];
    if (whole !== undefined) {
      return Promise.resolve(
        run(
          { adapter, reply, frameId },
          groups.map((group) => group ?? ''),
        ),
      );
    }
  }
  return undefined;
}

function happenedText(happened: readonly Happened[]): string {
  return happened.map(({ clock, text }) => `${clock}  ${text}`).join('\n');
}

async function ordered({ adapter, reply }: Line, order: Order): Promise<string> {
  return arrive(adapter, await adapter.movable().session.branches.order(order), reply).branch.name;
}

function shown({ adapter }: Line, lines: readonly WordedLine[]): string {
  return lines.map(({ indent, text }) => ' '.repeat(indent) + say(words(text), adapter.language())).join('\n');
}

/** Tells in the console when a branch begins. */
export function tellBranches(adapter: Pick<AdapterContext, 'tell' | 'language' | 'run'>): void {
  const { session } = adapter.run();
  session.branches.onBegun((start) =>
    adapter.tell('output', {
      category: 'important',
      output: `${say(words(beginningText(start)), adapter.language())}\n`,
      data: { branch: start.branch },
    }),
  );
}
