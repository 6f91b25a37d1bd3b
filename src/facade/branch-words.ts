/**
 * Branches, comparisons and origins as lines for people: what the debug console and the command line print.
 *
 * In: plain data of a run. Out: lines that are put into words where they are read.
 */
import { sentence, type Told } from '../sentences/sentence';
import type { OriginNode, OriginPlace } from '../history/origin-types';
import { shownIn } from './value-words';
import type {
  Branch,
  BranchEnd,
  BranchStart,
  ComparedPacket,
  ComparedPlace,
  Comparison,
} from '../session/branch-types';

export type { OriginNode } from '../history/origin-types';
export type { Branch, BranchesApi, BranchStart, Comparison, Order, Ordered } from '../session/branch-types';

/** A line: how far it is indented, and what it says. */
export interface WordedLine {
  readonly indent: number;
  readonly text: Told;
}

const line = (text: Told, indent = 0): WordedLine => ({ indent, text });

/** The list of branches. */
export function branchLines(branches: readonly Branch[]): WordedLine[] {
  return branches.flatMap(({ name, parent, from, changes, clock, frontier, isCurrent }) => [
    line(sentence('branch-stands-at', { mark: isCurrent ? '*' : ' ', name, clock, frontier })),
    ...(parent === undefined ? [] : [line(sentence('branch-begins-on', { from, parent }), 2)]),
    ...changes.map((change) => line(sentence('change-at-clock', { clock: change.clock, change: change.text }), 2)),
  ]);
}

/** What is said when a branch begins. */
export function beginningText({ branch: { name, from }, left, change }: BranchStart): Told {
  return change
    ? sentence('a-branch-begins-with', { name, from, left, change: change.text })
    : sentence('a-branch-begins', { name, from, left });
}

function placed({ process, function: name, path, line: at, text }: OriginPlace | ComparedPlace): string {
  const where = path === undefined || path === '' ? '' : `${path}:${at}: `;
  return `${process === '' ? '' : `${process} `}${name} ${where}${text}`;
}

export function comparisonLines({ a, b, common, statement, packets, calls, leftOff }: Comparison): WordedLine[] {
  const side = ({ name }: BranchEnd, place: ComparedPlace | undefined): WordedLine =>
    place
      ? line(sentence('statement-of-branch', { name, clock: place.clock, place: placed(place) }), 2)
      : line(sentence('nothing-more-runs-in', { name }), 2);
  const heading = (count: number, text: Told): WordedLine[] => (count > 0 ? [line(text)] : []);
  return [
    line(sentence('two-branches-are-one-run-up-to', { a: a.name, b: b.name, clock: common })),
    ...(statement
      ? [line(sentence('the-first-statement-that-differs')), side(a, statement.a), side(b, statement.b)]
      : [line(sentence('no-statement-differs'))]),
    ...heading(packets.length, sentence('packets-that-differ', { a: a.name, b: b.name })),
    ...packets.flatMap(({ a: one, b: other }) => packetLines(one, other)),
    ...heading(calls.length, sentence('results-that-differ', { a: a.name, b: b.name })),
    ...calls.map(({ process, text, a: one, b: other }) =>
      line(sentence('call-results', { process, call: text, a: one?.text ?? '–', b: other?.text ?? '–' }), 2),
    ),
    ...(leftOff > 0 ? [line(sentence('more-differences', { count: leftOff }))] : []),
    endLine(a),
    endLine(b),
  ];
}

function packetLines(one: ComparedPacket | undefined, other: ComparedPacket | undefined): WordedLine[] {
  const shown = ({ direction, text }: ComparedPacket): string => `${direction === 'in' ? '<' : '>'} ${text}`;
  if (one && other) {
    const milliseconds = (other.uptime - one.uptime) / 1000;
    return [line(sentence('packet-at-another-time', { packet: shown(one), milliseconds }), 2)];
  }
  return [...(one ? [line(`- ${shown(one)}`, 2)] : []), ...(other ? [line(`+ ${shown(other)}`, 2)] : [])];
}

function endLine({ name, clock, kind, what }: BranchEnd): WordedLine {
  const ending = { name, clock, what: what ?? '' };
  return line(
    kind === 'budget'
      ? sentence('branch-was-not-followed-further', ending)
      : what === undefined
        ? sentence('branch-ends-at', ending)
        : kind === 'fault'
          ? sentence('branch-ends-with-fault', ending)
          : sentence('branch-ends-with-expectation', ending),
  );
}

/** Where a value came from, one hop a line; what something was computed from is indented. */
export function originLines(node: OriginNode, indent = 0): WordedLine[] {
  const inner = node.children.length > 1 ? indent + 2 : indent;
  return [line(hopText(node), indent), ...node.children.flatMap((child) => originLines(child, inner))];
}

function hopText({ kind, label, value: shown, clock, written, source = '' }: OriginNode): Told {
  const value = { en: shown, zh: shownIn(shown, 'zh') };
  const at = { label, value, clock: written?.clock ?? clock, place: written ? placed(written) : '', source };
  switch (kind) {
    case 'moved':
      return sentence('value-was-moved', at);
    case 'computed':
      return sentence('value-was-computed', at);
    case 'constant':
      return sentence('value-is-a-constant', at);
    case 'service':
      return sentence('value-is-from-a-service', at);
    case 'packet':
    case 'argument':
    case 'input':
      return sentence('value-is-an-input', at);
    case 'hand':
      return sentence('value-was-changed-by-hand', at);
    case 'initial':
      return sentence('value-was-always-so', at);
    case 'unknown':
      return sentence('value-was-not-followed', at);
  }
}
