/**
 * One benchmark kernel on the engine: compiled from its C, run through the machine as everything else is.
 *
 * In: the path of a C file that defines `unsigned bench_run(unsigned)`. Out: a program whose `run` gives the result, the
 * statements executed and the time; `step` measures stops with the host in control at each.
 */
import { wording } from '../src/sentences/wording';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Machine } from '../src/machine/machine';
import { parseUnit } from '../src/parse/parse-unit';
import { createCParser } from '../src/parse/tree-sitter';
import { preprocess } from '../src/preprocess/preprocess';
import { checkUnit } from '../src/semantic/check-unit';
import { type Diagnostic } from '../src/source/diagnostic';
import { MemoryLoader } from '../src/source/file-loader';
import { buildImage } from '../src/wasm/build-image';

/** Statements between two looks at the clock, as a debugging session does it. */
const slice = 2_000_000;

export interface Run {
  result: number;
  statements: number;
  milliseconds: number;
}

export class KernelProgram {
  private readonly task: number;
  private returned: number | undefined;

  private constructor(private readonly machine: Machine) {
    this.task = machine.host.createTask();
    machine.environment = {
      returned: (_task, _tag, value) => {
        this.returned = value;
      },
      advance: () => 'end',
      save: () => null,
      restore: () => undefined,
    };
  }

  /** Throws with the diagnostics when the C does not compile: the kernels are ours. */
  static async load(path: string): Promise<KernelProgram> {
    const text = readFileSync(path, 'utf8');
    const loader = new MemoryLoader([[path, text]]);
    const parser = await createCParser({
      runtimeWasm: readFileSync(join(__dirname, 'web-tree-sitter.wasm')),
      grammarWasm: readFileSync(join(__dirname, 'tree-sitter-c.wasm')),
    });
    const preprocessed = preprocess(loader.load(path)!, { loader, includePaths: [] });
    const parsed = parseUnit(preprocessed.tokens, parser);
    const checked = checkUnit(path, parsed.items);
    const { image, diagnostics } = buildImage([checked.unit], { services: new Set(), identity: path });
    rejectErrors([...preprocessed.diagnostics, ...parsed.diagnostics, ...checked.diagnostics, ...diagnostics]);
    return new KernelProgram(await Machine.create(image, { modules: [] }));
  }

  /** Calls `bench_run(argument)` and runs freely to its end, with every statement able to stop. */
  run(argument: number): Run {
    const { machine } = this;
    machine.flags.setStepping(false);
    this.begin(argument);
    const firstStatement = machine.clock;
    const began = performance.now();
    for (;;) {
      const stop = machine.advance(slice);
      if (stop.kind === 'end') {
        break;
      }
      if (stop.kind === 'fault') {
        throw new Error(wording(stop.fault.message, 'en'));
      }
    }
    const milliseconds = performance.now() - began;
    return { result: this.returned ?? 0, statements: machine.clock - firstStatement, milliseconds };
  }

  /** Stops at every statement, `count` times, and reads where it stands; gives stops per second. */
  step(argument: number, count: number): number {
    const { machine } = this;
    machine.flags.setStepping(true);
    this.begin(argument);
    let seen = 0;
    const began = performance.now();
    for (let stops = 0; stops < count; stops++) {
      const stop = machine.advance(slice);
      if (stop.kind === 'statement') {
        seen += stop.statement;
      } else if (stop.kind !== 'slice') {
        throw new Error(`the kernel ended after ${stops} stops, sum ${seen}`);
      }
    }
    return count / ((performance.now() - began) / 1000);
  }

  private begin(argument: number): void {
    const { machine } = this;
    machine.finished = undefined;
    machine.currentTask = this.task;
    machine.host.pushCall(this.task, machine.host.functionId('bench_run')!, [argument], null);
  }
}

function rejectErrors(diagnostics: readonly Diagnostic[]): void {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) {
    throw new Error(errors.map(({ code, message }) => `${code} ${wording(message, 'en')}`).join('\n'));
  }
}
