/**
 * Function bodies of a linked module, read back into instructions.
 *
 * In: the module's bytes as `wasm/module-writer.ts` writes them, and which functions are compiled from C. Out: for a
 * function the code of its body (a service's stub) or of its resumable body, decoded when it is first asked for. The check
 * before an access names, in its cold path, the C expression whose address it checks: such a check keeps that.
 */
import type { DebugInfo, FunctionId } from '../abi/debug-info';
import { ByteReader } from '../wasm/byte-reader';
import { Op } from '../wasm/opcodes';

export interface Instruction {
  readonly op: number;
  /** Local, depth, offset, function, constant. */
  readonly a: number | bigint;
  readonly targets?: readonly number[];
  /** Blocks and loops: behind their end. `if`: behind its `else`, or its end. */
  end: number;
  /** `if`: whether there is an `else`; then `else` itself leads to the end. */
  hasElse?: boolean;
  /** A check of an address: the local that holds it, and the C expression. */
  checks?: { readonly local: number; readonly expression: string };
}

export interface Code {
  readonly parameters: number;
  /** Value types of the other locals. */
  readonly locals: readonly number[];
  readonly instructions: readonly Instruction[];
}

const CODE_SECTION = 10;
/** Parameters of a body, and of a resumable one. */
const BODY_PARAMETERS = 5;
const RESUMABLE_PARAMETERS = 3;
/** Resumable bodies keep their resume point in this local. */
const PC_LOCAL = 1;
const BULK = 0xfc;

export class ModuleCode {
  /** Where the code entries lie. */
  private readonly entries: { readonly start: number; readonly end: number }[] = [];
  private readonly resumables = new Map<FunctionId, number>();
  private readonly decoded = new Map<number, Code>();

  constructor(
    private readonly wasm: Uint8Array,
    private readonly debug: DebugInfo,
  ) {
    const reader = new Reader(wasm, 8);
    for (let at = 8; at < wasm.length; at = reader.at) {
      reader.at = at;
      const id = reader.byte();
      const size = reader.u32();
      const end = reader.at + size;
      if (id === CODE_SECTION) {
        this.index(reader);
      }
      reader.at = end;
    }
    let next = debug.functions.length;
    debug.functions.forEach(({ kind }, id) => kind === 'compiled' && this.resumables.set(id, next++));
  }

  private index(reader: Reader): void {
    for (let left = reader.u32(); left > 0; left--) {
      const size = reader.u32();
      this.entries.push({ start: reader.at, end: reader.at + size });
      reader.at += size;
    }
  }

  /** The body that the table holds: for a service, its stub. */
  body(id: FunctionId): Code {
    return this.code(id, BODY_PARAMETERS, undefined);
  }

  /** The body in which every statement is a stop; undefined for a function without C. */
  resumable(id: FunctionId): Code | undefined {
    const entry = this.resumables.get(id);
    return entry === undefined ? undefined : this.code(entry, RESUMABLE_PARAMETERS, id);
  }

  private code(entry: number, parameters: number, fn: FunctionId | undefined): Code {
    let code = this.decoded.get(entry);
    if (!code) {
      const { start, end } = this.entries[entry] ?? { start: 0, end: 0 };
      code = decode(new Reader(this.wasm, start), end, parameters);
      if (fn !== undefined) {
        this.nameChecks(code.instructions, fn);
      }
      this.decoded.set(entry, code);
    }
    return code;
  }

  /** `if (not allowed) { fault = address; pc = N; … }`: resume point N has the expression. */
  private nameChecks(instructions: readonly Instruction[], fn: FunctionId): void {
    const points = this.debug.functions[fn]?.resumePoints ?? [];
    instructions.forEach((instruction, index) => {
      const [address, fault, pc, set] = instructions.slice(index + 1, index + 5);
      if (
        instruction.op === Op.if &&
        address?.op === Op.local_get &&
        fault?.op === Op.local_set &&
        pc?.op === Op.i32_const &&
        set?.op === Op.local_set &&
        set.a === PC_LOCAL
      ) {
        const expression = points[Number(pc.a)]?.expression;
        instruction.checks = expression === undefined ? undefined : { local: Number(address.a), expression };
      }
    });
  }
}

function decode(reader: Reader, end: number, parameters: number): Code {
  const locals: number[] = [];
  for (let runs = reader.u32(); runs > 0; runs--) {
    const count = reader.u32();
    const type = reader.byte();
    for (let i = 0; i < count; i++) {
      locals.push(type);
    }
  }
  const instructions: Instruction[] = [];
  const open: Instruction[] = [];
  while (reader.at < end) {
    const instruction = reader.instruction();
    const at = instructions.push(instruction) - 1;
    if (instruction.op === Op.block || instruction.op === Op.loop || instruction.op === Op.if) {
      instruction.end = at;
      open.push(instruction);
    } else if (instruction.op === Op.else) {
      const branch = open.pop();
      if (branch) {
        branch.end = at + 1;
        branch.hasElse = true;
      }
      open.push(instruction);
    } else if (instruction.op === Op.end) {
      const block = open.pop();
      if (block) {
        block.end = at;
      }
    }
  }
  return { parameters, locals, instructions };
}

/** Instructions, read from their bytes. */
class Reader extends ByteReader {
  private readonly view: DataView;

  constructor(bytes: Uint8Array, at: number) {
    super(bytes, at);
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  private signed(): bigint {
    let value = 0n;
    for (let shift = 0n; ;) {
      const byte = this.byte();
      value |= BigInt(byte & 0x7f) << shift;
      shift += 7n;
      if (byte < 0x80) {
        return BigInt.asIntN(Number(shift), value);
      }
    }
  }

  instruction(): Instruction {
    const op = this.byte();
    const plain = (a: number | bigint = 0): Instruction => ({ op, a, end: 0 });
    switch (op) {
      case Op.block:
      case Op.loop:
      case Op.if:
        return plain(this.byte());
      case Op.br:
      case Op.br_if:
      case Op.call:
      case Op.local_get:
      case Op.local_set:
      case Op.local_tee:
        return plain(this.u32());
      case Op.br_table: {
        const targets = Array.from({ length: this.u32() }, () => this.u32());
        return { ...plain(this.u32()), targets };
      }
      case Op.call_indirect: {
        const type = this.u32();
        this.u32();
        return plain(type);
      }
      case Op.i32_const:
        return plain(Number(this.signed()));
      case Op.i64_const:
        return plain(this.signed());
      case Op.f32_const:
        this.at += 4;
        return plain(this.view.getFloat32(this.at - 4, true));
      case Op.f64_const:
        this.at += 8;
        return plain(this.view.getFloat64(this.at - 8, true));
      case BULK:
        return this.bulk();
      default:
        if (op >= 0x28 && op <= 0x3e) {
          this.u32();
          return plain(this.u32());
        }
        return plain();
    }
  }

  private bulk(): Instruction {
    const sub = this.u32();
    this.at += sub === 10 ? 2 : sub === 11 ? 1 : 0;
    return { op: 0x100 + sub, a: 0, end: 0 };
  }
}
