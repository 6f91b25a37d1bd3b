/**
 * A call as it is made: what the kernel is to write is not known then, however the script expects it.
 *
 * In: a script's text, where a call stands in it, its arguments. Out: the call in one line, with `...` for what will be
 * written. `NULL` and other pointers are given, not written.
 */
import { CALLS, type ParameterKind } from './call-table';
import type { Argument, CallEvent, Range } from './pkt-ast';

const WRITTEN: ReadonlySet<ParameterKind> = new Set(['address-out', 'data-out', 'value-out', 'fd-pair']);

export function askedCall(text: string, { start, end }: Range, name: string, args: readonly Argument[]): string {
  let asked = '';
  let from = start;
  for (const [index, kind] of (CALLS.get(name)?.parameters ?? []).entries()) {
    const argument = args[index];
    if (argument && isWritten(kind, args) && argument.kind !== 'word' && argument.kind !== 'number') {
      asked += `${text.slice(from, argument.start)}...`;
      from = argument.end;
    }
  }
  return `${asked}${text.slice(from, end)}`.replace(/\s+/g, ' ');
}

/** How a call is told while it is under way, and when it has returned. */
export function callWords({ call, asked }: CallEvent): { readonly text: string; readonly answered?: string } {
  return asked === undefined ? { text: call } : { text: asked, answered: call };
}

/** Of the requests of ioctl one reads its value. */
function isWritten(kind: ParameterKind, [, request]: readonly Argument[]): boolean {
  return WRITTEN.has(kind) || (kind === 'int-pointer' && !(request?.kind === 'word' && request.name === 'FIONBIO'));
}
