/**
 * C text to a machine that is about to call one of its functions: the one helper of the machine's tests.
 */
import { itemAt } from '../../src/base/checked-access';
import { Machine, type MachineStop } from '../../src/machine/machine';
import type { Service, ServiceModule } from '../../src/machine/service';
import { compileProgram } from '../../src/compile/program';
import { formatDiagnostic, hasErrors } from '../../src/source/diagnostic';
import { MemoryLoader } from '../../src/source/file-loader';
import { loadParser } from '../parse/c-parser';

let parser: ReturnType<typeof loadParser> | undefined;

export interface Prepared {
  readonly machine: Machine;
  /** What the function returned, once it has. */
  result(): number | undefined;
}

const reason = { en: 'test', zh: '测试' };

/**
 * Compiles `text` and pushes a call of `entry`. `services` are TypeScript functions that the C may call, as are those of
 * `modules`.
 */
export async function prepare(
  text: string,
  entry = 'run',
  args: readonly number[] = [],
  services: Readonly<Record<string, Service['call']>> = {},
  modules: readonly ServiceModule[] = [],
): Promise<Prepared> {
  const loader = new MemoryLoader([['t.c', text]]);
  const { program, diagnostics } = compileProgram(
    {
      loader,
      sources: ['t.c'],
      includePaths: [],
      defines: {},
      build: {
        services: new Set([
          ...Object.keys(services),
          ...modules.flatMap((module) => module.services.map(({ name }) => name)),
        ]),
        heapSize: 1 << 16,
      },
    },
    await (parser ??= loadParser()),
  );
  if (!program || hasErrors(diagnostics)) {
    throw new Error(diagnostics.map((each) => formatDiagnostic(each)).join('\n'));
  }
  let returned: number | undefined;
  const module = {
    name: 'test',
    services: Object.entries(services).map(([name, call]) => ({ name, reason, call })),
    save: () => null,
    restore: () => undefined,
  };
  const machine = await Machine.create(program.image, { modules: [module, ...modules], checkpointInterval: 50 });
  machine.environment = {
    returned: (_task, _tag, value) => {
      returned = value;
    },
    advance: () => 'end',
    save: () => returned ?? null,
    restore: (state) => {
      returned = state === null ? undefined : Number(state);
    },
  };
  const task = machine.host.createTask();
  machine.currentTask = task;
  machine.host.pushCall(task, program.image.functionIds[entry]!, args, null);
  return { machine, result: () => returned };
}

/** Runs freely to the end, a fault, or `limit` statements. */
export function runToEnd(machine: Machine, limit = 1_000_000): MachineStop {
  for (;;) {
    const stop = machine.advance(10_000);
    if (stop.kind === 'end' || stop.kind === 'fault' || machine.clock > limit) {
      return stop;
    }
  }
}

/** The one-based lines at which the machine stops when it is stepped, at most `limit`. */
export function steppedLines(machine: Machine, limit = 1000): number[] {
  machine.flags.setStepping(true);
  const lines: number[] = [];
  for (
    let stop = machine.advance(10_000);
    stop.kind !== 'end' && stop.kind !== 'fault' && lines.length < limit;
    stop = machine.advance(10_000)
  ) {
    if (stop.kind === 'statement') {
      lines.push(itemAt(machine.debug.statements, stop.statement).line);
    }
  }
  return lines;
}
