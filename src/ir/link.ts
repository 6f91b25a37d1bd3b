/**
 * The linker: joins the lowered functions and the objects of all translation units into one program. External names are
 * joined, functions get ids, objects get addresses, relocations are applied. Linking is by function: what nothing refers
 * to and comes from a header is left out.
 */
import { itemAt, valueAt } from '../base/checked-access';
import { sentence } from '../sentences/sentence';
import { alignUp } from '../base/bytes';
import type { GlobalSymbol } from '../semantic/checked';
import { startOf } from '../source/source-file';
import type { Diagnostic } from '../source/diagnostic';
import type { LinkFunction, LinkInput, LinkUnit } from './link-input';
import { NULL_LIMIT, TEXT_BASE, TEXT_STEP } from '../abi/memory-map';
import type { LoweredFunction } from './instructions';
import { sizeOf } from './scalar';

/** Larger objects are not taken at their declaration's word (`safe-addresses.ts`). */
const DECLARED_LIMIT = 1 << 20;

/** A function of the program: compiled when `lowered` is set. */
export interface LinkedFunction {
  readonly id: number;
  readonly name: string;
  readonly symbol: GlobalSymbol;
  readonly unit: LinkUnit;
  readonly lowered: LoweredFunction | undefined;
  readonly service: boolean;
}

export interface LinkedObject {
  readonly symbol: GlobalSymbol;
  readonly address: number;
  readonly size: number;
}

export interface LinkedProgram {
  readonly functions: readonly LinkedFunction[];
  readonly objects: readonly LinkedObject[];
  readonly data: Uint8Array;
  readonly dataEnd: number;
  /** Function id or undefined. */
  functionId(symbol: GlobalSymbol): number | undefined;
  /** Address of an object, or pointer value of a function. */
  addressOf(symbol: GlobalSymbol): number;
  readonly diagnostics: readonly Diagnostic[];
}

/** Static data of a program, in bytes: what is more finds no room. */
const LARGEST_DATA = 128 << 20;

export function link(input: LinkInput): LinkedProgram {
  return new Linker(input).link();
}

class Linker {
  private readonly diagnostics: Diagnostic[] = [];
  private readonly functions: LinkedFunction[] = [];
  private readonly objects: LinkedObject[] = [];
  private readonly functionOf = new Map<GlobalSymbol, LinkedFunction>();
  private readonly objectOf = new Map<GlobalSymbol, LinkedObject>();
  /** The defining symbol of each external name. */
  private readonly definitions = new Map<string, { symbol: GlobalSymbol; unit: LinkUnit }>();
  private readonly withCode = new Map<GlobalSymbol, LinkFunction>();
  private readonly unitOf = new Map<GlobalSymbol, LinkUnit>();
  private readonly undefinedFunctions = new Map<string, LinkedFunction>();
  private readonly undefinedObjects = new Map<string, LinkedObject>();
  private readonly literals = new Map<string, LinkedObject>();
  private readonly queue: GlobalSymbol[] = [];
  /** Symbols that are second names → what they name. */
  private readonly second = new Map<GlobalSymbol, GlobalSymbol>();
  /** By name of an external object: the most bytes it is declared with. */
  private readonly widest = new Map<string, number>();
  private next = NULL_LIMIT;

  constructor(private readonly input: LinkInput) {}

  link(): LinkedProgram {
    this.collect();
    for (const unit of this.input.units) {
      for (const { symbol } of unit.functions) {
        if (this.isRoot(unit, symbol)) {
          this.reach(symbol);
          this.drain();
        }
      }
      for (const symbol of this.input.library?.has(unit.unit.path) ? [] : unit.unit.symbols) {
        if (
          symbol.kind === 'object' &&
          symbol.linkage !== 'none' &&
          isDefinition(symbol) &&
          symbol.span?.file.path === unit.unit.path
        ) {
          this.reach(symbol);
          this.drain();
        }
      }
    }
    const data = this.fill();
    return {
      functions: this.functions,
      objects: this.objects,
      data,
      dataEnd: this.next,
      functionId: (symbol) => this.functionOf.get(symbol)?.id ?? this.functionOf.get(this.canonical(symbol))?.id,
      addressOf: (symbol) => this.address(symbol),
      diagnostics: this.diagnostics,
    };
  }

  /** The most bytes that any unit takes an external object for, within reason: all of them are there. */
  private declaredSize(symbol: GlobalSymbol): number {
    return symbol.linkage === 'external' ? (this.widest.get(linkName(symbol)) ?? 0) : 0;
  }

  private collect(): void {
    for (const { unit } of this.input.units) {
      for (const symbol of unit.symbols) {
        const size = symbol.kind === 'object' && symbol.linkage === 'external' ? sizeOf(symbol.type) : 0;
        if (size > 0 && size <= DECLARED_LIMIT) {
          this.widest.set(linkName(symbol), Math.max(size, this.widest.get(linkName(symbol)) ?? 0));
        }
      }
    }
    for (const unit of this.input.units) {
      for (const each of unit.functions) {
        const { symbol } = each;
        this.withCode.set(symbol, each);
        this.unitOf.set(symbol, unit);
        if (symbol.linkage === 'external') {
          this.define(symbol, unit, symbol.inlineOnly === true);
        }
      }
      for (const symbol of unit.unit.symbols) {
        this.unitOf.set(symbol, unit);
        if (symbol.kind === 'object' && symbol.linkage === 'external' && isDefinition(symbol)) {
          this.define(symbol, unit, symbol.data === undefined);
        }
      }
    }
    this.input.units.forEach((unit) => this.collectAliases(unit));
  }

  /**
   * `alias("other")`: the name stands for what the unit defines as `other`, in this unit and, when it is external, in
   * the others.
   */
  private collectAliases({ unit }: LinkUnit): void {
    for (const symbol of unit.symbols) {
      if (symbol.alias === undefined || isDefinition(symbol) || this.withCode.has(symbol)) {
        continue;
      }
      const target = unit.symbols.find(
        (other) =>
          linkName(other) === symbol.alias &&
          other.function === undefined &&
          (this.withCode.has(other) || isDefinition(other)),
      );
      if (!target) {
        continue;
      }
      this.second.set(symbol, target);
      if (symbol.linkage === 'external' && !this.definitions.has(linkName(symbol))) {
        this.definitions.set(linkName(symbol), { symbol: target, unit: valueAt(this.unitOf, target) });
      }
    }
  }

  /** A weak definition (tentative, inline) gives way to any other; two strong ones are told. */
  private define(symbol: GlobalSymbol, unit: LinkUnit, gives: boolean): void {
    const earlier = this.definitions.get(linkName(symbol));
    if (!earlier) {
      this.definitions.set(linkName(symbol), { symbol, unit });
      return;
    }
    const earlierGives =
      earlier.symbol.weak === true ||
      (earlier.symbol.kind === 'function' ? earlier.symbol.inlineOnly === true : earlier.symbol.data === undefined);
    if (earlierGives && (!gives || sizeOf(symbol.type) > sizeOf(earlier.symbol.type))) {
      this.definitions.set(linkName(symbol), { symbol, unit });
    } else if (!earlierGives && !gives && symbol.weak !== true) {
      this.diagnostics.push({
        code: 'SS4002',
        severity: 'error',
        span: symbol.span,
        path: unit.unit.path,
        message: sentence('symbol-is-defined-more-than-once-the-first', { symbol: symbol.name }),
        remedy: sentence('rename-one-of-them-or-make-it-static'),
        related: earlier.symbol.span ? [{ span: earlier.symbol.span, message: sentence('the-first-definition') }] : [],
      });
    }
  }

  private isRoot(unit: LinkUnit, symbol: GlobalSymbol): boolean {
    if (symbol.before !== undefined || symbol.after !== undefined || this.input.extraRoots?.has(symbol.name)) {
      return true;
    }
    if (this.input.roots) {
      return this.input.roots.has(symbol.name);
    }
    if (this.input.library?.has(unit.unit.path)) {
      return false;
    }
    return symbol.inlineOnly !== true && (symbol.linkage === 'external' || symbol.span?.file.path === unit.unit.path);
  }

  private canonical(symbol: GlobalSymbol): GlobalSymbol {
    const aliased = this.second.get(symbol);
    if (aliased) {
      return this.canonical(aliased);
    }
    if (symbol.linkage !== 'external') {
      return symbol;
    }
    return this.definitions.get(linkName(symbol))?.symbol ?? symbol;
  }

  private reach(named: GlobalSymbol): void {
    const symbol = this.canonical(named);
    if (symbol.kind === 'function') {
      this.reachFunction(symbol);
    } else {
      this.reachObject(symbol);
      if (this.second.has(named) && !this.objectOf.has(named)) {
        this.alias(named, valueAt(this.objectOf, symbol));
      }
    }
  }

  private reachFunction(symbol: GlobalSymbol): void {
    if (this.functionOf.has(symbol)) {
      return;
    }
    const lowered = this.isServiceFirst(symbol) ? undefined : this.withCode.get(symbol)?.lowered;
    const unit = this.unitOf.get(symbol) ?? itemAt(this.input.units, 0);
    const shared = lowered ? undefined : this.undefinedFunctions.get(linkName(symbol));
    if (shared) {
      this.functionOf.set(symbol, shared);
      return;
    }
    const service = !lowered && this.input.services.has(linkName(symbol));
    const name = lowered ? symbol.name : linkName(symbol);
    const linked: LinkedFunction = { id: this.functions.length, name, symbol, unit, lowered, service };
    this.functions.push(linked);
    this.functionOf.set(symbol, linked);
    if (lowered) {
      this.queue.push(symbol);
    } else {
      this.undefinedFunctions.set(linkName(symbol), linked);
    }
  }

  private reachObject(symbol: GlobalSymbol): void {
    if (this.objectOf.has(symbol)) {
      return;
    }
    const literal =
      symbol.linkage === 'none' && symbol.readOnly && symbol.data?.relocations.length === 0
        ? symbol.data.bytes.join()
        : undefined;
    const shared =
      literal !== undefined
        ? this.literals.get(literal)
        : isDefinition(symbol)
          ? undefined
          : this.undefinedObjects.get(linkName(symbol));
    if (shared) {
      this.objectOf.set(symbol, shared);
      return;
    }
    const target = isDefinition(symbol) ? undefined : this.definitions.get(this.input.aliases?.get(symbol.name) ?? '');
    if (target) {
      this.reachObject(target.symbol);
      this.alias(symbol, valueAt(this.objectOf, target.symbol));
      return;
    }
    if (isMissing(symbol)) {
      return; // its address is null
    }
    const linked = this.layOut(symbol);
    this.objects.push(linked);
    this.objectOf.set(symbol, linked);
    if (literal !== undefined) {
      this.literals.set(literal, linked);
    }
    if (!isDefinition(symbol)) {
      this.undefinedObjects.set(linkName(symbol), linked);
      this.diagnostics.push({
        code: 'SS4004',
        severity: 'warning',
        span: symbol.span,
        message: sentence('symbol-is-declared-but-defined-nowhere-it-starts-as', { symbol: symbol.name }),
        remedy: sentence('add-the-file-that-defines-it-to-the-sources'),
      });
    }
    this.queue.push(symbol);
  }

  /** The next free place that fits; where there is none, a diagnostic and one byte. */
  private layOut(symbol: GlobalSymbol): LinkedObject {
    let size = Math.max(1, symbol.data?.bytes.length ?? sizeOf(symbol.type), this.declaredSize(symbol));
    const align = Math.max(symbol.align ?? 1, size >= 16 ? 16 : size >= 4 ? 4 : size >= 2 ? 2 : 1);
    let address = alignUp(this.next, align) >>> 0;
    if (address + size > NULL_LIMIT + LARGEST_DATA) {
      this.diagnostics.push({
        code: 'SS3003',
        severity: 'error',
        span: symbol.span,
        message: sentence('symbol-has-no-room-variables-may-take-limit-bytes', {
          symbol: symbol.name,
          limit: LARGEST_DATA,
        }),
        remedy: sentence('make-it-smaller'),
      });
      [size, address] = [1, this.next];
    }
    this.next = address + size;
    return { symbol, address, size };
  }

  /** Gives an object a second name, seen through another declaration. */
  private alias(symbol: GlobalSymbol, target: LinkedObject): void {
    const linked: LinkedObject = { symbol, address: target.address, size: sizeOf(symbol.type) };
    this.objects.push(linked);
    this.objectOf.set(symbol, linked);
    this.undefinedObjects.set(linkName(symbol), linked);
  }

  private isServiceFirst(symbol: GlobalSymbol): boolean {
    const name = linkName(symbol);
    return this.input.servicesFirst?.has(name) === true && this.input.services.has(name);
  }

  private drain(): void {
    for (let symbol = this.queue.pop(); symbol; symbol = this.queue.pop()) {
      this.withCode.get(symbol)?.lowered.references.forEach((other) => this.reach(other));
      symbol.data?.relocations.forEach((relocation) => this.reach(relocation.symbol));
    }
  }

  private address(named: GlobalSymbol): number {
    const symbol = this.canonical(named);
    const linked = this.functionOf.get(symbol);
    if (linked && !linked.lowered && !linked.service && symbol.weak) {
      return 0;
    }
    if (linked) {
      return (TEXT_BASE + linked.id * TEXT_STEP) | 0;
    }
    return this.objectOf.get(symbol)?.address ?? 0;
  }

  private fill(): Uint8Array {
    const data = new Uint8Array(this.next - NULL_LIMIT);
    const view = new DataView(data.buffer);
    for (const { symbol, address, size } of this.objects) {
      if (!symbol.data || symbol.data.bytes.length > size) {
        continue;
      }
      data.set(symbol.data.bytes, address - NULL_LIMIT);
      for (const relocation of symbol.data.relocations) {
        const at = address - NULL_LIMIT + relocation.offset;
        view.setUint32(
          at,
          (view.getUint32(at, true) + this.address(relocation.symbol) + relocation.addend) >>> 0,
          true,
        );
      }
    }
    return data;
  }
}

/** The name by which units know a symbol of each other's. */
function linkName(symbol: GlobalSymbol): string {
  return symbol.label ?? symbol.name;
}

/** A weak object that no unit defines. */
function isMissing(symbol: GlobalSymbol): boolean {
  return symbol.weak === true && !isDefinition(symbol);
}

function isDefinition(symbol: GlobalSymbol): boolean {
  return symbol.data !== undefined || symbol.tentative === true || symbol.linkage === 'none';
}

/** Where a symbol was declared, one-based; zeros when unknown. */
export function symbolPlace(symbol: GlobalSymbol): { path: string; line: number; column: number } {
  if (!symbol.span) {
    return { path: '', line: 0, column: 0 };
  }
  const at = startOf(symbol.span);
  return { path: symbol.span.file.path, line: at.line, column: at.column };
}
