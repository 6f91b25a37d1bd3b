/**
 * Why an expression has no value: one diagnostic about its text, with the part that is to blame.
 *
 * In: the text, and how its run ended (`run-expression.ts`), with the pointer that leads nowhere (`fault-part.ts`). Out:
 * a `Diagnostic`.
 */
import { formatAddress } from '../base/bytes';
import type { DebugInfo } from '../abi/debug-info';
import { NULL_LIMIT, POISON_ALLOC, POISON_FREE } from '../abi/memory-map';
import { describeFault } from '../machine/faults';
import type { Machine } from '../machine/machine';
import { says, sentence, type Words } from '../sentences/sentence';
import type { Diagnostic } from '../source/diagnostic';
import { SourceFile } from '../source/source-file';
import type { BadPointer } from './fault-part';
import type { ExpressionRun } from './run-expression';
import { placeOf } from './value-context';

/** How expressions call the value of the function just left. */
export const RETURNED = '$ret';

type Failed = Exclude<ExpressionRun, { readonly kind: 'value' }>;

/** It assigns, or what it calls does: `what` says which of both the program would notice. */
export function wouldChange(text: string, what: 'memory' | 'journal' = 'memory'): Diagnostic {
  return problem(
    text,
    what === 'journal'
      ? sentence('this-expression-would-add-to-what-has-happened')
      : sentence('this-expression-would-change-the-program'),
    sentence('use-the-debug-console-or-set-value-for-that'),
  );
}

/** The run of the expression failed. */
export function failure(text: string, failed: Failed, machine: Machine, bad: BadPointer | undefined): Diagnostic {
  switch (failed.kind) {
    case 'no-room':
      return problem(
        text,
        sentence('there-is-no-room-on-the-stack-for-this-expression'),
        sentence('write-a-shorter-one'),
      );
    case 'unfinished':
      return problem(
        text,
        sentence('where-calls-a-function-that-does-not-come-to-its-end', { where: `'${failed.expression ?? text}'` }),
      );
    case 'fault':
      return problem(
        text,
        failed.within === undefined ? ownFault(text, failed, machine, bad) : calledFault(failed, machine),
      );
  }
}

function ownFault(
  text: string,
  { address, point, expression }: Extract<Failed, { kind: 'fault' }>,
  machine: Machine,
  bad: BadPointer | undefined,
): Words {
  if (point?.check !== undefined && point.check !== 'memory') {
    return describeFault(point, address, machine).message;
  }
  return bad
    ? pointerProblem(bad, machine)
    : sentence('where-cannot-be-evaluated-here-address-is-not-valid', {
        where: `'${expression ?? text}'`,
        address: formatAddress(address),
      });
}

function calledFault({ address, point, within, fault }: Extract<Failed, { kind: 'fault' }>, machine: Machine): Words {
  const { memory, map, debug } = machine;
  const why = fault?.message ?? (point && describeFault(point, address, { memory, map, debug }).message);
  const name = debug.functions[within ?? -1]?.name ?? '?';
  return why
    ? sentence('the-call-ends-in-name-why', { name, why })
    : sentence('where-calls-a-function-that-does-not-come-to-its-end', { where: name });
}

/** What is wrong with a pointer that is to be followed. */
function pointerProblem({ text, address }: BadPointer, { memory, map, debug }: Machine): Words {
  const pointer = `'${text}'`;
  const value = formatAddress(address);
  if (address === 0) {
    return sentence('pointer-is-null', { pointer });
  }
  if (address < NULL_LIMIT) {
    return sentence('pointer-is-value-which-lies-in-the-null-page', { pointer, value });
  }
  if (address === filled(POISON_FREE)) {
    return sentence('pointer-was-read-from-freed-memory', { pointer, value });
  }
  if (address === filled(POISON_ALLOC)) {
    return sentence('pointer-was-never-set', { pointer, value });
  }
  switch (placeOf({ memory, map, debug }, address)) {
    case 'freed':
      return sentence('pointer-points-to-freed-memory', { pointer, value });
    case 'user':
      return sentence('pointer-points-to-user-memory', { pointer, value });
    case 'function':
      return sentence('pointer-points-to-the-code-of-a-function', { pointer, value });
    default:
      return sentence('pointer-points-to-no-memory-of-the-program', { pointer, value });
  }
}

function filled(byte: number): number {
  return Math.imul(byte, 0x01010101) >>> 0;
}

/**
 * What is wrong with an expression that was checked, put as a person who typed it needs it: C89 takes a function that is
 * called and nowhere declared for one that returns int, but here it was mistyped, or nothing in the program calls it.
 */
export function expressionProblems(
  text: string,
  found: readonly Diagnostic[],
  debug: DebugInfo,
): readonly Diagnostic[] {
  return found.flatMap((each) => {
    const implicit = says(each.message, 'name-is-called-but-nowhere-declared-taken-as-int');
    if (each.severity !== 'error' && !implicit) {
      return [];
    }
    const name = implicit || says(each.message, 'name-is-not-declared') ? nameIn(each.message) : undefined;
    return name === undefined ? [each] : [notInProgram(text, debug, name) ?? undeclared(text, name)];
  });
}

function undeclared(text: string, name: string): Diagnostic {
  return name === RETURNED
    ? problem(text, sentence('ret-is-known-right-after-a-return-only'), sentence('finish-the-function-first'))
    : problem(text, sentence('name-is-not-declared', { name }), sentence('use-a-name-that-is-visible-here'));
}

function nameIn(message: Words): string | undefined {
  const name = 'id' in message ? message.args?.['name'] : undefined;
  return typeof name === 'string' ? name : undefined;
}

/** The sources have such a function, and nothing calls it. */
function notInProgram(text: string, debug: DebugInfo, name: string): Diagnostic | undefined {
  const known = debug.unlinked?.find((each) => each.name === name);
  return (
    known &&
    problem(
      text,
      sentence('name-is-in-path-but-nothing-calls-it', { name, path: known.path }),
      sentence('use-what-the-program-calls-or-write-it-out'),
    )
  );
}

/** The expression is a struct, a union or void: C has no condition of these. */
export function noCondition(text: string): Diagnostic {
  return problem(
    text,
    sentence('this-has-no-value-that-could-be-compared-with-0'),
    sentence('compare-one-of-its-members'),
  );
}

/** Something about the text as a whole. */
export function problem(text: string, message: Words, remedy?: Words): Diagnostic {
  const file = new SourceFile('expression', text);
  return { code: 'SS3002', severity: 'error', span: { file, start: 0, end: text.length }, message, remedy };
}
