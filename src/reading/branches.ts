/**
 * Which `#if … #else … #endif` a C grammar can read as they stand, and what to hide of the others. In: a file cut into
 * tokens. Out: ranges of directives (never tokens of C), and ranges to be blanked.
 *
 * A conditional is read as it stands, with all its branches, when it lies between two statements or declarations and
 * each branch holds whole ones: brackets are balanced, the token before it and the last of each branch are `;`, `{` or
 * `}`. Any other splits a statement: of it the directives are blanked, and all branches but the first (of `#if 0` but
 * the second).
 */
import { itemAt, lastOf } from '../base/checked-access';
import { known } from '../preprocess/atoms';
import type { Directive, LexedFile } from '../preprocess/lexed-file';

export type Range = readonly [from: number, to: number];

export interface BranchRanges {
  /** Directives, in order. */
  readonly directives: readonly Range[];
  /** What is to be blanked for the grammar: directives that split something, and the branches not taken there. */
  readonly blanked: readonly Range[];
  /** Branches that a reader of one branch passes over; blanked or not. */
  readonly passedOver: readonly Range[];
}

/** Conditionals within more others are not looked into: no hand wrote them. */
const deepest = 50;

export function branchesOf(lexed: LexedFile): BranchRanges {
  const { directives } = lexed;
  const blanked: Range[] = [];
  const passedOver: Range[] = [];
  const chains = chainsOf(directives);
  for (const { directives: chain, depth } of chains) {
    const whole = depth <= deepest && isWhole(lexed, chain);
    const taken = isZero(lexed, itemAt(directives, itemAt(chain, 0))) ? 1 : 0;
    for (let branch = 0; branch + 1 < chain.length; branch++) {
      const from = endOf(lexed, itemAt(directives, itemAt(chain, branch)));
      const to = startOf(lexed, itemAt(directives, itemAt(chain, branch + 1)));
      if (branch !== taken) {
        passedOver.push([from, to]);
        blanked.push(...(whole ? [] : [[from, to] as const]));
      }
    }
    if (!whole) {
      blanked.push(...chain.map((index) => rangeOf(lexed, itemAt(directives, index))));
    }
  }
  // Within braces of an initialiser, and amid an expression, no directive can be read.
  const depths = bracketDepths(lexed);
  directives.forEach((directive) => {
    if ((depths[directive.hash] ?? 0) > 0) {
      blanked.push(rangeOf(lexed, directive));
    }
  });
  const inOrder = (ranges: Range[]): Range[] => ranges.sort((a, b) => a[0] - b[0]);
  return {
    directives: directives.map((each) => rangeOf(lexed, each)),
    blanked: inOrder(blanked),
    passedOver: inOrder(passedOver),
  };
}

/** A conditional: indexes of its directives from `#if` to `#endif`, and how many it stands in. */
interface Chain {
  readonly directives: readonly number[];
  readonly depth: number;
}

/** All conditionals; those without an `#endif` are left out. */
function chainsOf(directives: readonly Directive[]): Chain[] {
  const chains: Chain[] = [];
  let depth = 0;
  directives.forEach(({ name }, first) => {
    depth -= name === known.endif && depth > 0 ? 1 : 0;
    if (name !== known.if && name !== known.ifdef && name !== known.ifndef) {
      return;
    }
    depth++;
    const chain = [first];
    for (let next = itemAt(directives, first).next; next >= 0; next = itemAt(directives, next).next) {
      chain.push(next);
    }
    if (itemAt(directives, lastOf(chain)).name === known.endif) {
      chains.push({ directives: chain, depth });
    }
  });
  return chains;
}

function isZero(lexed: LexedFile, { name, from, to }: Directive): boolean {
  return name === known.if && to - from === 1 && lexed.atoms[from] === known['0'];
}

function startOf(lexed: LexedFile, directive: Directive): number {
  return itemAt(lexed.starts, directive.hash);
}

function endOf(lexed: LexedFile, directive: Directive): number {
  return itemAt(lexed.ends, Math.max(directive.hash, directive.to - 1));
}

function rangeOf(lexed: LexedFile, directive: Directive): Range {
  return [startOf(lexed, directive), endOf(lexed, directive)];
}

/** Whether a conditional stands between statements and each branch holds whole ones. */
function isWhole(lexed: LexedFile, chain: readonly number[]): boolean {
  const { directives } = lexed;
  const inDirective = (index: number): boolean => directiveAt(lexed, index) !== undefined;
  let before = itemAt(directives, itemAt(chain, 0)).hash - 1;
  while (before >= 0 && inDirective(before)) {
    before--;
  }
  if (before >= 0 && !endsStatement(itemAt(lexed.atoms, before))) {
    return false;
  }
  for (let branch = 0; branch + 1 < chain.length; branch++) {
    const to = itemAt(directives, itemAt(chain, branch + 1)).hash;
    let last = known[';'];
    const open: number[] = [];
    for (let i = itemAt(directives, itemAt(chain, branch)).to; i < to; i++) {
      const directive = directiveAt(lexed, i);
      if (directive) {
        i = directive.to - 1;
        continue;
      }
      const atom = itemAt(lexed.atoms, i);
      if (atom === known['('] || atom === known['['] || atom === known['{']) {
        open.push(atom);
      } else if (atom === known[')'] || atom === known[']'] || atom === known['}']) {
        const opener = atom === known[')'] ? known['('] : atom === known[']'] ? known['['] : known['{'];
        if (open.pop() !== opener) {
          return false;
        }
      }
      if (
        atom === known.else &&
        last === known[';'] &&
        open.length === 0 &&
        i === itemAt(directives, itemAt(chain, branch)).to
      ) {
        return false;
      }
      last = atom;
    }
    if (open.length > 0 || !endsStatement(last)) {
      return false;
    }
  }
  return true;
}

function endsStatement(atom: number): boolean {
  return atom === known[';'] || atom === known['{'] || atom === known['}'];
}

/** The directive that token `index` belongs to; directives are in order, so that a search by halves finds it. */
function directiveAt({ directives }: LexedFile, index: number): Directive | undefined {
  let low = 0;
  let high = directives.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (itemAt(directives, middle).hash <= index) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  const found = directives[low];
  return found && found.hash <= index && index < Math.max(found.to, found.hash + 1) ? found : undefined;
}

/** For each token how many parentheses, and braces of initialisers, are open before it. */
function bracketDepths(lexed: LexedFile): Int32Array {
  const depths = new Int32Array(lexed.length + 1);
  const open: { readonly atom: number; readonly counts: boolean }[] = [];
  let depth = 0;
  let before = -1;
  for (let i = 0; i < lexed.length; i++) {
    depths[i] = depth;
    const directive = directiveAt(lexed, i);
    if (directive) {
      depths.fill(depth, i, directive.to);
      i = Math.max(i, directive.to - 1);
      continue;
    }
    const atom = itemAt(lexed.atoms, i);
    if (atom === known['('] || atom === known['['] || atom === known['{']) {
      const counts = atom !== known['{'] || before === known['='] || (before === known[','] && depth > 0);
      open.push({ atom, counts });
      depth += counts ? 1 : 0;
    } else if (atom === known[')'] || atom === known[']'] || atom === known['}']) {
      // What was left open within braces ends with them.
      const opener = atom === known[')'] ? known['('] : atom === known[']'] ? known['['] : known['{'];
      let at = open.length - 1;
      while (at >= 0 && itemAt(open, at).atom !== opener) {
        at--;
      }
      for (const { counts } of at >= 0 ? open.splice(at) : []) {
        depth -= counts ? 1 : 0;
      }
    }
    before = atom;
  }
  return depths;
}
