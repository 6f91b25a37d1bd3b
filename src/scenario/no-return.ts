/**
 * Why a call never returned: its process sleeps for ever, or a signal ended it.
 *
 * In: the process that made the call. Out: the end of a failure's sentence.
 */
import type { Process } from '../kernel/processes';
import { signalName } from '../kernel/signals';

export function whyNoReturn(process: Process | undefined): string {
  const signal = process?.exiting ?? 0;
  return signal === 0 ? 'it sleeps, and nothing is left that could wake it' : `${signalName(signal)} ends its process`;
}
