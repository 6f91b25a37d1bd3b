/**
 * From checked units to an `Image`: lower, link, lay out memory, emit, describe.
 */
import { type OnPhase } from '../base/phases';
import { sentence } from '../sentences/sentence';
import { PAGE_SIZE } from '../abi/linux-process';
import { alignUp } from '../base/bytes';
import type { Image } from '../abi/image';
import type { LinkedProgram } from '../ir/link';
import type { LoweredFunction } from '../ir/instructions';
import { link } from '../ir/link';
import type { LinkFunction, LinkUnit } from '../ir/link-input';
import { lowerFunction } from '../ir/lower-function';
import { NULL_LIMIT, SHADOW_SIZE, STACKS_SIZE, type MemoryMap } from '../abi/memory-map';
import { CACHE_LIMIT, CACHE_RECORD } from '../abi/slab-layout';
import type { CheckedFunction, CheckedUnit, GlobalSymbol } from '../semantic/checked';
import type { Diagnostic } from '../source/diagnostic';
import { buildDebugInfo } from './build-debug';
import { emitDriver, emitServiceStub } from './emit-driver';
import { emitFunction, type EmittedFunction } from './emit-function';
import { writeModule } from './module-writer';
import { serviceMarks, writeMarks, type BodyMarks } from './store-marks';
import { FIRST_FUNCTION, SERVICE_IMPORT, type EmitTarget } from './target';

export interface BuildOptions {
  /** Names that TypeScript implements. */
  readonly services: ReadonlySet<string>;
  readonly roots?: ReadonlySet<string> | undefined;
  readonly servicesFirst?: ReadonlySet<string>;
  readonly library?: ReadonlySet<string>;
  readonly extraRoots?: ReadonlySet<string>;
  readonly aliases?: ReadonlyMap<string, string>;
  /** Bytes of kernel heap, user memory and all task stacks. */
  readonly heapSize?: number;
  readonly userSize?: number;
  readonly stacksSize?: number;
  /** Blocks of more bytes are always left to the services, for which time passes. */
  readonly largestBlock?: number;
  /** What compiled code copies and clears counts as work, too: so many bytes of a long block as one statement. */
  readonly bytesPerStatement?: number;
  /** Makes the module unlike others with the same code (benchmarks). */
  readonly identity?: string;
}

const PAGE = PAGE_SIZE;
const WASM_PAGE = 65536;

export interface BuiltImage {
  readonly image: Image;
  readonly diagnostics: readonly Diagnostic[];
}

export function buildImage(units: readonly CheckedUnit[], options: BuildOptions, onPhase?: OnPhase): BuiltImage {
  onPhase?.('lower');
  const linkUnits: LinkUnit[] = units.map((unit) => ({
    unit,
    functions: unit.functions.map((checked) => linkFunction(checked)),
  }));
  const program = link({
    units: linkUnits,
    services: options.services,
    roots: options.roots,
    servicesFirst: options.servicesFirst,
    library: options.library,
    extraRoots: options.extraRoots,
    aliases: options.aliases,
  });
  const statementCount = program.functions.reduce((sum, linked) => sum + (linked.lowered?.statements.length ?? 0), 0);
  const map = layOutMemory(program.dataEnd, statementCount, options);
  const target: EmitTarget = {
    shadowStart: map.shadowStart,
    flagsStart: map.flagsStart,
    functionCount: program.functions.length,
    addressOf: (symbol) => program.addressOf(symbol),
    functionId: (symbol) => program.functionId(symbol),
    bytesPerStatement: options.bytesPerStatement,
  };
  onPhase?.('emit');
  const { emitted, bodies, resumables, marks, refused } = emitFunctions(program, target, map, options.largestBlock);
  const wasm = writeModule({
    bodies,
    resumables,
    driver: emitDriver(),
    pages: map.pages,
    marks: writeMarks(marks),
    identity: options.identity,
  });
  const debug = buildDebugInfo(program, emitted, linkUnits);
  return {
    image: {
      wasm,
      map,
      data: program.data,
      debug,
      functionIds: functionIds(program),
      initcalls: initcalls(program),
      beforeMain: inOrder(program, ({ before }) => before),
      afterMain: inOrder(program, ({ after }) => after).reverse(),
    },
    diagnostics: [...program.diagnostics, ...refused],
  };
}

function linkFunction(checked: CheckedFunction): LinkFunction {
  let lowered: LoweredFunction | undefined;
  return {
    symbol: checked.symbol,
    get lowered() {
      return (lowered ??= lowerFunction(checked));
    },
  };
}

interface EmittedFunctions {
  /** By id; undefined for what has no C. */
  readonly emitted: readonly (EmittedFunction | undefined)[];
  readonly bodies: readonly Uint8Array[];
  readonly resumables: readonly Uint8Array[];
  /** Of the bodies, then of the resumables. */
  readonly marks: readonly BodyMarks[];
  /** Functions that are too large, and only say so. */
  readonly refused: readonly Diagnostic[];
}

function emitFunctions(
  program: LinkedProgram,
  target: EmitTarget,
  map: MemoryMap,
  largestBlock: number | undefined,
): EmittedFunctions {
  const emitted: (EmittedFunction | undefined)[] = [];
  const refused: Diagnostic[] = [];
  const bodies: Uint8Array[] = [];
  const resumables: Uint8Array[] = [];
  const bodyMarks: BodyMarks[] = [];
  const resumableMarks: BodyMarks[] = [];
  const firstResumable = FIRST_FUNCTION + program.functions.length;
  let firstStatement = 0;
  for (const linked of program.functions) {
    const { lowered } = linked;
    if (!lowered) {
      emitted.push(undefined);
      bodyMarks.push(serviceMarks);
      bodies.push(emitServiceStub(linked.id, linked.service ? linked.name : '', SERVICE_IMPORT, map, largestBlock));
      continue;
    }
    const emit = (each: LoweredFunction): EmittedFunction =>
      emitFunction(each, linked.id, firstStatement, firstResumable + resumables.length, target);
    let code = emit(lowered);
    if (!isAccepted(code)) {
      const { span, name } = linked.symbol;
      const message = sentence('function-is-too-large-to-be-run', { name });
      const remedy = sentence('make-several-functions-of-it');
      refused.push({ code: 'SS3008', severity: 'error', span, message, remedy });
      code = emit({ ...lowered, code: [{ op: 'fault', message, site: span }] });
    }
    emitted.push(code);
    bodies.push(code.free.code);
    bodyMarks.push({ firstStatement, ...code.free });
    resumables.push(code.resumable.code);
    resumableMarks.push({ firstStatement, ...code.resumable });
    firstStatement += lowered.statements.length;
  }
  return { emitted, bodies, resumables, marks: [...bodyMarks, ...resumableMarks], refused };
}

/** What engines take of a function: bytes of a body, entries of its branch table. */
const largestBody = 7_000_000;
const mostPoints = 65_000;

function isAccepted({ free, resumable, resumePoints }: EmittedFunction): boolean {
  return Math.max(free.code.length, resumable.code.length) <= largestBody && resumePoints.length <= mostPoints;
}

function layOutMemory(dataEnd: number, statementCount: number, options: BuildOptions): MemoryMap {
  const heapStart = alignUp(dataEnd, PAGE);
  const heapEnd = heapStart + alignUp(options.heapSize ?? 16 << 20, PAGE);
  const userEnd = heapEnd + alignUp(options.userSize ?? 1 << 20, PAGE);
  // A page that belongs to nothing before the stacks and behind them.
  const stacksStart = userEnd + PAGE;
  const stacksEnd = stacksStart + alignUp(options.stacksSize ?? STACKS_SIZE, PAGE);
  const flagsStart = stacksEnd + PAGE;
  const flagsEnd = flagsStart + alignUp(Math.max(statementCount, 1), 16);
  const slabStart = alignUp(flagsEnd, PAGE);
  const slabEnd = slabStart + CACHE_LIMIT * CACHE_RECORD;
  const shadowStart = alignUp(slabEnd, PAGE);
  return {
    dataStart: NULL_LIMIT,
    dataEnd,
    heapStart,
    heapEnd,
    userStart: heapEnd,
    userEnd,
    stacksStart,
    stacksEnd,
    flagsStart,
    flagsEnd,
    slabStart,
    slabEnd,
    shadowStart,
    pages: Math.ceil((shadowStart + SHADOW_SIZE) / WASM_PAGE),
  };
}

function functionIds(program: LinkedProgram): Record<string, number> {
  // Without a prototype: C may call a function `constructor`.
  const ids = Object.create(null) as Record<string, number>;
  for (const { id, name, symbol, unit } of program.functions) {
    if (!(name in ids) || symbol.linkage === 'external') {
      ids[name] = id;
    }
    ids[`${unit.unit.path}:${name}`] = id;
  }
  return ids;
}

/** Functions that have a place in an order, in that order. */
function inOrder(program: LinkedProgram, placeOf: (symbol: GlobalSymbol) => number | undefined): number[] {
  return program.functions
    .flatMap(({ lowered, symbol, id }) => {
      const place = lowered ? placeOf(symbol) : undefined;
      return place === undefined ? [] : [{ place, id }];
    })
    .sort((a, b) => a.place - b.place)
    .map(({ id }) => id);
}

/** Functions whose pointers lie in an `.initcall…` section, in link order. */
function initcalls(program: LinkedProgram): number[] {
  const ids: number[] = [];
  for (const { symbol } of program.objects) {
    if (symbol.section?.startsWith('.initcall')) {
      for (const relocation of symbol.data?.relocations ?? []) {
        const id = program.functionId(relocation.symbol);
        if (id !== undefined) {
          ids.push(id);
        }
      }
    }
  }
  return ids;
}
