/**
 * The small C library of hosted programs (`sockscope cc`), as services: printf family, streams, malloc, strings,
 * character classes, mathematics, exit. What calls back into C (qsort) is C itself, in `media/hosted/lib`.
 */
import { sentence } from '../sentences/sentence';
import { BlockMemory } from '../kernel/block-memory';
import type { Bilingual } from '../base/bilingual';
import { service } from '../kernel/service-module';
import { Slab } from '../kernel/slab';
import type { PlainData, Service, ServiceCall, ServiceHost, ServiceModule, ServiceResult } from '../machine/service';
import { bytesOf } from './bytes-of';
import { CALL_BYTES } from './call-cost';
import { formatText, type WordSource } from './format';
import { mathServices } from './math';
import { Streams, STDOUT, type OutputSink } from './streams';
import { textServices } from './text';
import { VariableArrays } from './variable-arrays';

const REASON: Bilingual = {
  en: 'The C library of hosted programs is provided by the host.',
  zh: '独立 C 程序所用的 C 库由宿主提供。',
};

/** More than the heap has (`runHosted`). */
const LARGEST_BLOCK = 1 << 28;

/** C99 asks for 32 at least. */
const MOST_EXIT_FUNCTIONS = 1024;

export class HostedLibrary implements ServiceModule {
  readonly name = 'hosted-library';
  readonly streams: Streams;
  private readonly slab = new Slab();
  private readonly variableArrays = new VariableArrays(this.slab, (call, size) => this.allocate(call, size));
  private exitStatus: number | null = null;
  /** Set by `_exit`: nothing runs after it. */
  atOnce = false;
  /** Functions given to `atexit`, as they were given; the last one runs first (C99 7.20.4.3). */
  private exitFunctions: number[] = [];

  /** `sink`: who takes the output as it is written. */
  constructor(sink?: OutputSink) {
    this.streams = new Streams(sink);
  }

  /** Status given to exit or by returning from main; null while the program runs. */
  get status(): number | null {
    return this.exitStatus;
  }

  set status(value: number | null) {
    this.exitStatus = value;
  }

  /** The next function that was given to `atexit` and did not run yet; undefined when there is none. */
  takeExitFunction(): number | undefined {
    return this.exitFunctions.pop();
  }

  readonly services: readonly Service[] = [
    ...new BlockMemory().services,
    ...textServices(REASON),
    ...mathServices(REASON),
    this.print('printf', 0, () => STDOUT),
    this.print('fprintf', 1, (call) => call.arg(0)),
    this.print('vprintf', 0, () => STDOUT, true),
    this.print('vfprintf', 1, (call) => call.arg(0), true),
    this.printTo('sprintf', 1, () => Infinity),
    this.printTo('snprintf', 2, (call) => call.arg(1)),
    this.printTo('vsprintf', 1, () => Infinity, true),
    this.printTo('vsnprintf', 2, (call) => call.arg(1), true),
    this.simple('puts', (call) => this.streams.write(STDOUT, `${this.textAt(call, 0)}\n`)),
    this.simple('fputs', (call) => this.streams.write(call.arg(1), this.textAt(call, 0))),
    ...['putchar', 'putc', 'fputc'].map((name) =>
      this.simple(name, (call) => {
        this.streams.write(name === 'putchar' ? STDOUT : call.arg(1), String.fromCharCode(call.arg(0) & 0xff));
        return call.arg(0) & 0xff;
      }),
    ),
    this.simple('fopen', (call) =>
      this.streams.openFile(call.memory.cString(call.arg(0)), call.memory.cString(call.arg(1))),
    ),
    this.simple('fclose', (call) => (this.streams.closeFile(call.arg(0)) ? 0 : -1)),
    this.simple('fflush', () => {
      this.streams.flush();
      return 0;
    }),
    this.simple('feof', (call) => (this.streams.atEnd(call.arg(0)) ? 1 : 0)),
    this.simple('ferror', () => 0),
    ...['getchar', 'getc', 'fgetc'].map((name) =>
      this.simple(name, (call) => {
        const text = this.streams.read(name === 'getchar' ? 1 : call.arg(0), 1);
        return text === '' ? -1 : text.charCodeAt(0);
      }),
    ),
    this.simple('ungetc', (call) => {
      this.streams.unread(call.arg(1));
      return call.arg(0);
    }),
    this.simple('fgets', (call) => this.readLine(call)),
    this.simple('fread', (call) => this.readBlock(call)),
    this.simple('fwrite', (call) => {
      const size = call.arg(1);
      const bytes = call.memory.read(call.arg(0), size * call.arg(2));
      call.host.touched(bytes.length * 4);
      this.streams.write(call.arg(3), Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
      return call.arg(2);
    }),
    this.simple('remove', () => 0),
    this.simple('tmpnam', (call) => this.temporaryName(call)),
    this.simple('malloc', (call) => this.allocate(call, call.arg(0))),
    this.simple('calloc', (call) => this.zeroed(call, call.arg(0) * call.arg(1))),
    this.simple('realloc', (call) => this.resize(call)),
    this.simple('strdup', (call) => {
      const copy = `${this.textAt(call, 0)}\0`;
      const address = this.allocate(call, copy.length);
      if (typeof address === 'number' && address !== 0) {
        call.memory.write(address, bytesOf(copy));
      }
      return address;
    }),
    this.simple('free', (call) => this.release(call.arg(0))),
    this.simple('__variable_array', (call) => this.variableArrays.call(call)),
    this.simple('__alloca', (call) => this.variableArrays.allocateInFrame(call)),
    this.simple('atexit', (call) => this.atExit(call)),
    this.simple('exit', (call) => this.leave(call.int(0))),
    this.simple('_exit', (call) => {
      this.atOnce = true;
      return this.leave(call.int(0));
    }),
    this.simple('abort', () => ({ kind: 'fault', fault: { kind: 'trap', message: sentence('abort-was-called') } })),
    this.simple('__assert_fail', (call) => ({
      kind: 'fault',
      fault: {
        kind: 'trap',
        message: sentence('assertion-failed', {
          assertion: call.memory.cString(call.arg(0)),
          file: call.memory.cString(call.arg(1)),
          line: call.arg(2),
        }),
      },
    })),
    this.simple('getenv', () => 0),
    this.simple('time', () => 0),
    this.simple('clock', (call) => call.host.clock),
  ];

  start(host: ServiceHost): void {
    this.slab.attach(host);
  }

  private simple(name: string, body: (call: ServiceCall) => ServiceResult): Service {
    return service(name, REASON, (call) => {
      call.host.touched(CALL_BYTES);
      return body(call);
    });
  }

  /** A function that formats to a stream; `format` is the index of the format argument. */
  private print(name: string, format: number, stream: (call: ServiceCall) => number, list = false): Service {
    return this.simple(name, (call) => this.streams.write(stream(call), this.formatted(call, format, list)));
  }

  private printTo(name: string, format: number, limit: (call: ServiceCall) => number, list = false): Service {
    return this.simple(name, (call) => {
      const text = this.formatted(call, format, list);
      const room = limit(call);
      if (room > 0) {
        const kept = text.slice(0, room === Infinity ? undefined : room - 1);
        call.memory.write(call.arg(0), bytesOf(`${kept}\0`));
      }
      return text.length;
    });
  }

  private formatted(call: ServiceCall, format: number, list: boolean): string {
    let at = list ? call.arg(format + 1) : call.argAddress(format + 1);
    let words = 0;
    const next: WordSource = () => {
      at += 4;
      words++;
      return call.memory.u32(at - 4);
    };
    const text = formatText(call.memory, call.memory.cString(call.arg(format), 1 << 20), next);
    call.host.touched(text.length * 4 + words * CALL_BYTES);
    return text;
  }

  /** Text that is written: at most a megabyte. */
  private textAt(call: ServiceCall, index: number): string {
    const text = call.memory.cString(call.arg(index), 1 << 20);
    call.host.touched(text.length * 4);
    return text;
  }

  /** A name no file has; written to the buffer, or to one that stays allocated. */
  private temporaryName(call: ServiceCall): ServiceResult {
    const name = `${this.streams.temporaryName()}\0`;
    const address = call.arg(0) || this.allocate(call, name.length);
    if (typeof address === 'number' && address !== 0) {
      call.memory.write(address, bytesOf(name));
    }
    return address;
  }

  private readLine(call: ServiceCall): number {
    let line = '';
    while (line.length < call.int(1) - 1 && !line.endsWith('\n')) {
      const letter = this.streams.read(call.arg(2), 1);
      if (letter === '') {
        break;
      }
      line += letter;
    }
    if (line === '') {
      return 0;
    }
    call.memory.write(call.arg(0), bytesOf(`${line}\0`));
    return call.arg(0);
  }

  private readBlock(call: ServiceCall): number {
    const size = call.arg(1);
    const text = this.streams.read(call.arg(3), size * call.arg(2));
    call.memory.write(call.arg(0), bytesOf(text));
    return size === 0 ? 0 : Math.floor(text.length / size);
  }

  /** Blocks are rounded to powers of two, so that freed ones are used again; 0 for more than there can be. */
  private allocate(call: ServiceCall, size: number): ServiceResult {
    if (size > LARGEST_BLOCK) {
      return 0;
    }
    const room = Math.max(16, 2 ** Math.ceil(Math.log2(Math.max(size, 1))));
    const got = this.slab.allocate(`malloc-${room}`, room);
    if (typeof got !== 'number') {
      return { kind: 'fault', fault: got };
    }
    call.host.touched(got === 0 ? 0 : room / 2); // filled now, and again when it is freed
    return got;
  }

  private zeroed(call: ServiceCall, size: number): ServiceResult {
    const address = this.allocate(call, size);
    if (typeof address === 'number' && address !== 0) {
      call.host.touched(size / 4);
      call.memory.fill(address, size, 0);
    }
    return address;
  }

  private resize(call: ServiceCall): ServiceResult {
    const [old, size] = [call.arg(0), call.arg(1)];
    const address = this.allocate(call, size);
    if (old !== 0 && typeof address === 'number' && address !== 0) {
      const object = this.slab.objectAt(old);
      const kept = Math.min(size, object?.size ?? 0);
      call.memory.write(address, call.memory.read(old, kept));
      call.host.touched(kept);
      const freed = this.release(old);
      return freed === undefined ? address : freed;
    }
    return address;
  }

  private release(address: number): ServiceResult {
    if (address === 0) {
      return undefined;
    }
    const outcome = this.slab.free(address);
    return outcome.ok ? undefined : { kind: 'fault', fault: outcome.fault };
  }

  private atExit(call: ServiceCall): number {
    const id = call.host.functionAt(call.arg(0));
    if (id === undefined || this.exitFunctions.length === MOST_EXIT_FUNCTIONS) {
      return -1;
    }
    this.exitFunctions.push(id);
    return 0;
  }

  private leave(status: number): ServiceResult {
    this.exitStatus = status & 0xff;
    return { kind: 'block' };
  }

  save(): PlainData {
    return {
      streams: this.streams.save(),
      slab: this.slab.save(),
      arrays: this.variableArrays.save(),
      status: this.exitStatus,
      exitFunctions: [...this.exitFunctions],
    };
  }

  restore(saved: PlainData): void {
    const state = saved as {
      streams: PlainData;
      slab: PlainData;
      arrays: PlainData;
      status: number | null;
      exitFunctions: number[];
    };
    this.streams.restore(state.streams);
    this.slab.restore(state.slab);
    this.variableArrays.restore(state.arrays);
    this.exitStatus = state.status;
    this.exitFunctions = [...state.exitFunctions];
  }
}
