/**
 * Why a call never returned: its process sleeps for ever, or a signal ended it.
 *
 * In: the process that made the call. Out: the end of a failure's sentence.
 */
import { sentence, type Words } from '../sentences/sentence';
import type { Process } from '../kernel/processes';
import { signalName } from '../kernel/signals';

export function whyNoReturn(process: Process | undefined): Words {
  const signal = process?.exiting ?? 0;
  return signal === 0
    ? sentence('it-sleeps-and-nothing-is-left-that-could-wake-it')
    : sentence('signal-ends-its-process', { signal: signalName(signal) });
}
