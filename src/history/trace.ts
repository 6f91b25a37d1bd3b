/**
 * One statement run with the provenance of what it writes.
 *
 * In: a copy of the machine that stands before the statement, and bytes that somebody wants to know of. Out: for each of
 * these bytes what it is: a byte of memory as it was before, a constant, a result of a service, computed from values that
 * are listed, or the work of what is around the kernel. Afterwards the machine stands where it stood. The statement's
 * span ends at the next stop, so that a call's arguments, or a return and what the caller does with the result, are in it.
 */
import { FRAME_FUNCTION, FRAME_PC } from '../abi/memory-map';
import type { Machine } from '../machine/machine';
import { Interpreter } from './interpreter';
import type { ModuleCode } from './module-code';
import { sourceOfByte, type ByteSource, type Provenance } from './provenance';
import { Ranges, type Bits, type Collected, type Trace } from './source-ranges';
import { collectBits, fieldRead } from './trace-bits';
import { TracedMemory, type Watched } from './traced-memory';

/** Statements are over long before. */
const FUEL = 1 << 20;

/** `bits`: those of the watched bytes that are meant. */
export function traceStatement(machine: Machine, code: ModuleCode, watched: Watched, bits?: Bits): Trace {
  const saved = machine.save();
  const memory = new TracedMemory(machine, watched);
  const { wasm } = machine;
  const { run } = wasm;
  const interpreter = new Interpreter(code, memory, wasm.host, machine.debug);
  const happened = machine.events.length;
  wasm.run = (fp) => {
    memory.beginRun(pushedAt(machine, fp));
    const status = interpreter.run(fp);
    memory.endRun();
    return status;
  };
  try {
    machine.flags.setStepping(true);
    do {
      machine.advance(FUEL);
    } while (!machine.at && !machine.finished);
  } finally {
    wasm.run = run;
  }
  memory.beginRun();
  const entries = machine.events.since(happened);
  machine.restore(saved);
  const found = bits ? collectBits(machine, memory, watched, bits) : collect(machine, memory, watched);
  return { ...found, returns: memory.returnsAtWrite, entries };
}

/** The bytes that were laid down for a call that begins: its header and its arguments. */
function pushedAt({ tasks, currentTask, memory, debug }: Machine, fp: number): Watched | undefined {
  const task = tasks.get(currentTask);
  const call = task?.calls.at(-1);
  if (!task || call?.fp !== fp || memory.u32(fp + FRAME_PC) !== 0) {
    return undefined;
  }
  const { below } = call;
  const end =
    below === 0 ? task.stackHigh : below - (debug.functions[memory.u32(below + FRAME_FUNCTION)]?.frameSize ?? 0);
  return { address: fp, size: end - fp };
}

function collect(machine: Machine, memory: TracedMemory, { address, size }: Watched): Collected {
  const ranges = new Ranges(machine, memory);
  const moved: number[] = [];
  const kept: number[] = [];
  const computed: Provenance[] = [];
  const services = new Set<string>();
  let isOutside = false;
  let constants = 0;
  for (let at = address; at < address + size; at++) {
    const part = memory.partOf(at);
    const source: ByteSource = part ? sourceOfByte(part.from, part.index) : { kind: 'memory', address: at };
    if (!part) {
      kept.push(at);
    } else if (source.kind === 'memory') {
      moved.push(source.address);
    } else if (source.kind === 'computed') {
      computed.push(source.from);
    } else if (source.kind === 'service') {
      services.add(source.from.name);
      source.from.words.forEach(({ from }) => computed.push(from));
    } else {
      isOutside ||= source.kind === 'outside';
      constants += source.kind === 'constant' ? 1 : 0;
    }
  }
  const { operands, services: results, isOutside: isInside } = ranges.operandsOf(computed);
  return {
    isWritten: kept.length < size,
    moved: ranges.of(moved),
    kept: ranges.of(kept),
    operands,
    services: [...new Set([...services, ...results])],
    isConstant: constants > 0 && moved.length === 0 && computed.length === 0,
    isComputed: computed.length > 0,
    field: computed.length > 0 ? fieldRead(machine, memory, { address, size }) : undefined,
    isOutside: isOutside || isInside,
  };
}
