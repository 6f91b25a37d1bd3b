/**
 * What a step of an oracle case is expected to give on a Linux tree of some version.
 *
 * In: a case, a step, the tree's version, facts about versions (media/oracle-versions.json). Out: the expected outcome,
 * and the fact that changed it. Algorithm: what the case says itself of the version counts (`expect`, then
 * `expect2416`); where it says nothing, a fact does whose call, kind of socket, outcome of 2.4.0 and condition fit. The
 * conditions are about the steps before, as the case expects them: nothing looks at the case's name.
 */
import { itemAt } from '../base/checked-access';
import { ADDRESS_SIZE } from './call-builder';
import { constantValue } from './constants';
import type { OracleCase, OracleOutcome, OracleStep, OracleValue, VersionBound } from './oracle-schema';
import { versionCode } from './pkt-variants';

/** Something that a version of the kernel does otherwise than 2.4.0. */
export interface VersionFact {
  readonly id: string;
  /** The first version that does so. */
  readonly from: string;
  /** Kernel file and function in which it was read. */
  readonly function: string;
  readonly en: string;
  readonly zh: string;
  readonly changes: readonly VersionChange[];
}

interface VersionChange {
  readonly call: string;
  /** Type of the socket that the call is made on. */
  readonly type: string;
  readonly when: keyof typeof CONDITIONS;
  /** Keys that the outcome of 2.4.0 has. */
  readonly was: OracleOutcome;
  /** Keys that it has instead. */
  readonly is: OracleOutcome;
}

/** An expectation, and the fact that it comes from when the case itself says nothing of the version. */
export interface Expectation {
  readonly outcome: OracleOutcome;
  readonly fact?: VersionFact;
}

/** Reads media/oracle-versions.json, which is shipped and tested: no input of a user. */
export function versionFacts(text: string | undefined): readonly VersionFact[] {
  return text === undefined ? [] : (JSON.parse(text) as { readonly facts: readonly VersionFact[] }).facts;
}

/** Whether a version lies in bounds. */
function withinBound(version: number, { from, below }: VersionBound): boolean {
  return (from === undefined || version >= from) && (below === undefined || version < below);
}

/** What a step (counted through setup and steps) is to give; `version` is undefined for the bundled kernel, a 2.4.0. */
export function expectationOf(
  oracle: OracleCase,
  index: number,
  version: number | undefined,
  facts: readonly VersionFact[],
): Expectation {
  const steps = [...oracle.setup, ...oracle.steps];
  const step = itemAt(steps, index);
  if (version === undefined) {
    return { outcome: step.expect24 };
  }
  const own = step.expect?.find(({ bound }) => withinBound(version, bound));
  if (own) {
    return { outcome: own.outcome };
  }
  const late = version >= versionCode('2.4.16') ? step.expect2416 : undefined;
  const outcome = late ?? step.expect24;
  for (const fact of facts.filter(({ from }) => version >= versionCode(from))) {
    const change = fact.changes.find((each) => changes(each, steps.slice(0, index), step, outcome));
    if (change) {
      return { outcome: changed(outcome, change), fact };
    }
  }
  return { outcome };
}

function changes(
  change: VersionChange,
  before: readonly OracleStep[],
  step: OracleStep,
  outcome: OracleOutcome,
): boolean {
  const made = madeBy(before, step);
  return (
    change.call === step.call &&
    contains(outcome, change.was) &&
    made !== undefined &&
    numberIn(made.args[1]) === constantValue(change.type) &&
    CONDITIONS[change.when](callsOn(before, step), before, step)
  );
}

/** Whether an outcome has all keys of another with their values. */
function contains(outcome: OracleOutcome, keys: OracleOutcome): boolean {
  return (
    (keys.errno === undefined || outcome.errno === keys.errno) &&
    (keys.ret === undefined || outcome.ret === keys.ret) &&
    (keys.addr?.port === undefined || outcome.addr?.port === keys.addr.port)
  );
}

function changed(outcome: OracleOutcome, { is }: VersionChange): OracleOutcome {
  if (is.addr === undefined) {
    return is;
  }
  return { ...outcome, addr: { ...outcome.addr, ...is.addr } };
}

/** The step that made the socket which a step is about. */
function madeBy(before: readonly OracleStep[], step: OracleStep): OracleStep | undefined {
  return before.filter(({ call, save }) => call === 'socket' && save !== undefined && save === step.args[0]).at(-1);
}

/** Steps on the same socket since it was made. */
function callsOn(before: readonly OracleStep[], step: OracleStep): readonly OracleStep[] {
  const maker = madeBy(before, step);
  const since = maker ? before.lastIndexOf(maker) : -1;
  return before.slice(since + 1).filter(({ args }) => args[0] === step.args[0]);
}

type Condition = (own: readonly OracleStep[], before: readonly OracleStep[], step: OracleStep) => boolean;

const CONDITIONS = {
  /** connect has failed on this socket before a port would be chosen now, and it never had a port otherwise. */
  'connect-failed-early': (own) =>
    own.some(failedEarly) && !own.some((each) => given(each) && ['bind', 'listen', 'connect'].includes(each.call)),
  /** All automatic ports are taken, one at least by a socket that was bound: no connect may share it. */
  'ports-bound': (_own, before) => holders(before).some(({ call }) => call === 'bind'),
  /** All automatic ports are taken by connects to other peers. */
  'ports-connected': (_own, before, step) =>
    !holders(before).some(({ call }) => call === 'bind') &&
    !holders(before).some(
      (each) => each.call === 'connect' && JSON.stringify(each.args[1]) === JSON.stringify(step.args[1]),
    ),
  /** It has no peer. */
  'no-peer': (own) => !own.some((each) => each.call === 'connect' && given(each) && !isDisconnect(each)),
} satisfies { readonly [name: string]: Condition };

/** Whether 2.4.0 lets the call do its work. */
function given({ expect24 }: OracleStep): boolean {
  return expect24.errno === undefined || expect24.errno === 'EINPROGRESS';
}

/** Whether connect fails on what is looked at before a port is chosen: length, family, route. */
function failedEarly({ call, args, expect24 }: OracleStep): boolean {
  const length = numberIn(args[2]);
  return (
    call === 'connect' &&
    (['EAFNOSUPPORT', 'ENETUNREACH', 'EHOSTUNREACH'].includes(expect24.errno ?? '') ||
      (expect24.errno === 'EINVAL' && length >= 0 && length < ADDRESS_SIZE))
  );
}

function isDisconnect({ args }: OracleStep): boolean {
  const address = args[1];
  return (
    typeof address === 'object' &&
    address !== null &&
    !Array.isArray(address) &&
    numberIn((address as { readonly [key: string]: OracleValue })['family']) === constantValue('AF_UNSPEC')
  );
}

/** Steps before that gave a socket an automatic port which it still has: bind to port 0, and connect. */
function holders(before: readonly OracleStep[]): readonly OracleStep[] {
  return before.filter(
    (each, index) =>
      given(each) &&
      (each.call === 'connect' || (each.call === 'bind' && portIn(each.args[1]) === 0)) &&
      !before.slice(index + 1).some(({ call, args }) => call === 'close' && args[0] === each.args[0]),
  );
}

function portIn(address: OracleValue | undefined): number {
  return typeof address === 'object' && address !== null && !Array.isArray(address)
    ? numberIn((address as { readonly [key: string]: OracleValue })['port'])
    : NaN;
}

function numberIn(value: OracleValue | undefined): number {
  return typeof value === 'number' ? value : typeof value === 'string' ? (constantValue(value) ?? NaN) : NaN;
}
