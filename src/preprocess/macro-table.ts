/**
 * The macros defined at a point of a translation unit. During preprocessing: from an atom to its macro, in one array
 * access. Afterwards: what a hover or a completion asks, by name.
 */
import type { Span } from '../source/source-file';
import type { AtomTable } from './atoms';
import type { Macro } from './macro';

/** A macro as people ask about it. */
export interface MacroInfo {
  readonly name: string;
  /** Where its name stands in the `#define`; undefined for a macro that is computed. */
  readonly span: Span | undefined;
  readonly parameters: readonly string[] | undefined;
  readonly variadic: boolean;
  /** The replacement list as text. */
  readonly body: string;
}

export class MacroTable {
  /** Indexed by atom; without gaps, which would make each access ten times as slow. */
  readonly byAtom: (Macro | undefined)[];
  /** What `#pragma push_macro` saved, by atom; "not defined" is saved too. */
  private readonly saved = new Map<number, (Macro | undefined)[]>();

  /** When it is there: what macros that are changed were before, by atom. */
  changed: Map<number, Macro | undefined> | undefined;

  constructor(private readonly atomTable: AtomTable) {
    this.byAtom = new Array<Macro | undefined>(atomTable.size).fill(undefined);
  }

  define(macro: Macro): void {
    this.set(macro.name, macro);
  }

  undefine(atom: number): void {
    this.set(atom, undefined);
  }

  /** Defines, or undefines. */
  set(atom: number, macro: Macro | undefined): void {
    if (this.changed && !this.changed.has(atom)) {
      this.changed.set(atom, this.byAtom[atom]);
    }
    while (this.byAtom.length < atom) {
      this.byAtom.push(undefined);
    }
    this.byAtom[atom] = macro;
  }

  /** `#pragma push_macro("name")`: keeps the present definition. */
  push(atom: number): void {
    const stack = this.saved.get(atom) ?? [];
    stack.push(this.byAtom[atom]);
    this.saved.set(atom, stack);
  }

  /** `#pragma pop_macro("name")`: takes the definition kept last; without one, nothing changes. */
  pop(atom: number): void {
    const stack = this.saved.get(atom);
    if (stack && stack.length > 0) {
      this.set(atom, stack.pop());
    }
  }

  /** What is known of the macro `name`, or undefined when there is none. */
  get(name: string): MacroInfo | undefined {
    const macro = this.byAtom[this.atomTable.find(name) ?? -1];
    return macro && this.describe(macro);
  }

  /** Names of all macros, in the order in which their spellings were first seen. */
  names(): string[] {
    return this.byAtom.filter((macro) => macro !== undefined).map((macro) => this.atomTable.text(macro.name));
  }

  /** A macro of this table in words. */
  describe(macro: Macro): MacroInfo {
    const text = (atom: number): string => this.atomTable.text(atom);
    const { list } = macro;
    let body = '';
    for (let i = 0; i < list.length; i++) {
      body += `${list.spaced(i) ? ' ' : ''}${text(list.atom(i))}`;
    }
    return {
      name: text(macro.name),
      span: macro.span,
      parameters: macro.parameters?.map(text),
      variadic: macro.variadic,
      body: body.trim(),
    };
  }
}
