/**
 * The branches of a run: every change by hand begins one, and none is lost.
 *
 * In: changes, when they have been made or are to be made; names to go to. Out: the list of branches, the way to each,
 * and what each is made of: interventions with their clocks. The traveller keeps the lines of time; here they have
 * names. Changes at one moment, one after the other, make one branch.
 */
import { Emitter } from '../base/events';
import { sentence, type Told } from '../sentences/sentence';
import type { Deed, Intervention } from '../machine/intervention';
import { shelve, type Line } from '../machine/traveller';
import type { Branch, BranchChange, BranchesApi, BranchStart, Comparison, Order, Ordered } from './branch-types';
import { compareBranches, type ComparedParts } from './compare-branches';
import { carryOut, deedText, whyNot } from './deeds';
import type { Stop } from './session-types';

/** What a run lends to its branches. */
export interface BranchingParts extends ComparedParts {
  /** The machine came to stand elsewhere; up to the clock the past is what it was. */
  readonly arrived: (common: number) => Stop;
}

interface Named {
  readonly name: string;
  /** What makes it, those of its parents first. */
  changes: readonly Intervention[];
  parent: Named | undefined;
  from: number;
  /** Undefined for the current one: the traveller has its line. */
  line: Line | undefined;
  clock: number;
}

/** Name of the run without changes. */
const FIRST = 'first';
/** Branches whose checkpoints are kept while another is on show, and branches there are at all. */
const KEPT = 16;
const MOST = 200;
const NAME = /^[\p{L}\p{N}_][\p{L}\p{N}_.-]{0,63}$/u;

export class Branching implements BranchesApi {
  private readonly begun = new Emitter<BranchStart>();
  readonly onBegun = this.begun.event;
  private current: Named = { name: FIRST, changes: [], parent: undefined, from: 0, line: undefined, clock: 0 };
  private readonly all: Named[] = [this.current];
  private nextNumber = 1;

  constructor(private readonly parts: BranchingParts) {}

  get packets(): number {
    return this.parts.kernel?.wire.passed ?? 0;
  }

  list(): readonly Branch[] {
    return this.all.map((named) => this.describe(named));
  }

  private lineOf(named: Named): Line {
    return named.line ?? this.parts.traveller.line;
  }

  private describe(named: Named): Branch {
    const { machine } = this.parts;
    const isCurrent = named === this.current;
    const { frontier } = this.lineOf(named);
    return {
      name: named.name,
      parent: named.parent?.name,
      from: named.from,
      changes: named.changes.map((change) => this.changeOf(change)),
      clock: isCurrent ? machine.clock : named.clock,
      frontier: isCurrent ? Math.max(frontier, machine.clock) : frontier,
      isCurrent,
    };
  }

  private changeOf({ clock, deed }: Intervention): BranchChange {
    return { clock, deed, text: deedText(deed) };
  }

  /** The machine was changed where it stands: notes it, and begins a branch unless it belongs to the one just begun. */
  changed(deed: Deed, name?: string): void {
    const { machine, traveller } = this.parts;
    const change = { clock: machine.clock, deed };
    const before = traveller.changed(this.startsAnew(machine.clock));
    if (before) {
      this.grow(before, name, change);
    } else {
      this.current.changes = [...this.current.changes, change];
    }
  }

  /** Whether a change at this clock begins a branch: not when the current one began here and has not moved since. */
  private startsAnew(clock: number): boolean {
    const { frontier } = this.parts.traveller.line;
    return this.current.parent === undefined || this.current.from !== clock || frontier > clock;
  }

  private grow(before: Line, name: string | undefined, change: Intervention | undefined): void {
    const left = this.current;
    left.line = before;
    left.clock = this.parts.machine.clock;
    const kept = left.changes.filter(({ clock }) => clock <= left.clock);
    this.current = {
      name: name ?? this.freeName(),
      changes: change ? [...kept, change] : kept,
      parent: left,
      from: left.clock,
      line: undefined,
      clock: left.clock,
    };
    this.all.push(this.current);
    this.bound();
    this.begun.fire({
      branch: this.describe(this.current),
      left: left.name,
      change: change && this.changeOf(change),
    });
  }

  /** Keeps memory level: old lines are run again when somebody goes to them; of very many branches the oldest go. */
  private bound(): void {
    this.all.slice(0, -KEPT).forEach(({ line }) => line && shelve(line));
    const childrenOf = (named: Named): readonly Named[] => this.all.filter(({ parent }) => parent === named);
    const goes = (named: Named): boolean =>
      named.parent !== undefined && named !== this.current && childrenOf(named).length < 2;
    const old = this.all.length > MOST ? this.all.find(goes) : undefined;
    if (old) {
      childrenOf(old).forEach((child) => {
        child.parent = old.parent;
        child.from = old.from;
      });
      this.all.splice(this.all.indexOf(old), 1);
    }
  }

  private freeName(): string {
    while (this.named(`branch-${this.nextNumber}`)) {
      this.nextNumber++;
    }
    return `branch-${this.nextNumber++}`;
  }

  private named(name: string): Named | undefined {
    return this.all.find((each) => each.name === name);
  }

  private problemOf(name: string | undefined): Told | undefined {
    if (name === undefined) {
      return undefined;
    }
    return this.named(name)
      ? sentence('a-branch-of-this-name-exists', { name })
      : NAME.test(name)
        ? undefined
        : sentence('this-is-no-name-of-a-branch', { name });
  }

  begin(name: string | undefined): Ordered {
    const why = this.problemOf(name);
    if (why !== undefined) {
      return { kind: 'refused', why };
    }
    const before = this.parts.traveller.changed(true);
    if (before) {
      this.grow(before, name, undefined);
    }
    return this.done(this.parts.arrived(this.parts.machine.clock));
  }

  private done(stop: Stop): Ordered {
    return { kind: 'done', branch: this.describe(this.current), stop };
  }

  switchTo(name: string, clock?: number): Promise<Ordered> {
    const to = this.named(name);
    if (!to) {
      const names = this.all.map((each) => each.name).join(', ');
      return Promise.resolve({ kind: 'refused', why: sentence('there-is-no-such-branch', { name, names }) });
    }
    return Promise.resolve(
      this.done(this.go(to, clock ?? (to === this.current ? this.parts.machine.clock : to.clock))),
    );
  }

  undo(): Promise<Ordered> {
    const { parent, from } = this.current;
    return parent
      ? Promise.resolve(this.done(this.go(parent, from)))
      : Promise.resolve({ kind: 'refused', why: sentence('nothing-was-changed-in-this-run') });
  }

  private go(to: Named, clock: number): Stop {
    const common = this.commonClock(this.current, to);
    this.travel(to, clock);
    return this.parts.arrived(common);
  }

  /** The machine stands at a moment of a branch. */
  private travel(to: Named, clock: number): void {
    const { machine, traveller } = this.parts;
    if (to !== this.current) {
      this.current.clock = machine.clock;
      this.current.line = traveller.line;
    }
    const line = this.lineOf(to);
    to.line = undefined;
    this.current = to;
    traveller.switchTo(line, Math.max(traveller.oldest, Math.min(clock, Math.max(line.frontier, to.clock))));
  }

  /** Up to this clock two branches are one run. */
  private commonClock(one: Named, other: Named): number {
    const way = (named: Named | undefined): Named[] => (named ? [...way(named.parent), named] : []);
    const [a, b] = [way(one), way(other)];
    let shared = 0;
    while (a[shared] && a[shared] === b[shared]) {
      shared++;
    }
    return Math.min(a[shared]?.from ?? Infinity, b[shared]?.from ?? Infinity);
  }

  async order(deed: Order, name?: string): Promise<Ordered> {
    const { machine, kernel } = this.parts;
    const why = this.problemOf(name) ?? whyNot(deed, machine, kernel);
    if (why !== undefined) {
      return { kind: 'refused', why };
    }
    if (deed.kind === 'packet' && deed.packet <= this.packets && !(await this.goBefore(deed.packet))) {
      return {
        kind: 'refused',
        why: sentence('packet-passed-before-what-can-be-gone-back-to', { packet: deed.packet }),
      };
    }
    carryOut(deed, kernel);
    this.changed(deed, name);
    return this.done(this.parts.arrived(machine.clock));
  }

  /** Goes back to a moment at which the packet has not passed yet, as late as is easily found. */
  private goBefore(packet: number): Promise<boolean> {
    const { machine, traveller } = this.parts;
    const passed = machine.journal.filter((entry) => entry.event === 'packet');
    const entry = passed[passed.length - 1 - (this.packets - packet)];
    let clock = entry?.clock ?? machine.clock;
    for (let step = 1; ; step *= 4) {
      clock = Math.max(traveller.oldest, Math.min(clock, machine.clock) - step);
      traveller.seek(clock);
      if (this.packets < packet) {
        return Promise.resolve(true);
      }
      if (clock <= traveller.oldest) {
        return Promise.resolve(false);
      }
    }
  }

  async compare(
    a: string,
    b: string,
    options: { readonly breathe?: () => Promise<boolean> } = {},
  ): Promise<Comparison | Told> {
    const [one, other] = [this.named(a), this.named(b)];
    if (!one || !other) {
      const names = this.all.map((each) => each.name).join(', ');
      return sentence('there-is-no-such-branch', { name: one ? b : a, names });
    }
    const here = this.current;
    const { clock } = this.parts.machine;
    const common = Math.min(this.commonClock(one, other), this.lineOf(one).frontier, this.lineOf(other).frontier);
    const result = await compareBranches(this.parts, {
      common,
      sides: [one, other].map((named) => ({ name: named.name, travel: (to: number) => this.travel(named, to) })),
      breathe: options.breathe,
    });
    this.travel(here, clock);
    return result;
  }
}
