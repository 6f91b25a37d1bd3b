/**
 * What is right and wrong about a run. In: what scripts/fuzz/processes.mjs gives. Out: undefined, or `{ fault, detail }`:
 * in a word what is wrong, and what tells it from others of its kind.
 */

/** Processor seconds and resident bytes that one command line may use. */
export const allowed = { processor: 5, resident: 600e6 };

const stackLine = /^\s+at .*(?:\(.*:\d+:\d+\)|\S+:\d+:\d+|<anonymous>)\)?$/m;
const ownMistake =
  /internal error|SockScope made a mistake|内部错误|Unhandled|uncaught|FATAL ERROR|heap out of memory/i;

/** The message of an error and the first places of its stack, without what differs from case to case. */
function essence(text) {
  const lines = text.split('\n').map((line) => line.trim());
  const message = lines.find((line) => /Error|error|mistake/.test(line)) ?? lines[0] ?? '';
  const places = lines.filter((line) => line.startsWith('at ')).slice(0, 2);
  return [message, ...places.map((line) => line.replace(/\(.*\)|\/.*|file:.*/g, '').trim())]
    .join(' / ')
    .replace(/'[^']*'|"[^"]*"|\d+/g, '…')
    .slice(0, 200);
}

/**
 * @param words the command line: a hosted program's own status may be any
 * @param more processor seconds allowed beyond {@link allowed}: what the undamaged input costs
 */
export function verdictOf(result, words, more = 0) {
  const said = `${result.err}\n${words[0] === 'cc' ? '' : result.out}`;
  if (result.thrown !== undefined) {
    return { fault: 'exception', detail: essence(result.thrown) };
  }
  if (stackLine.test(said)) {
    return { fault: 'stack trace', detail: essence(said.slice(Math.max(0, said.search(stackLine) - 400))) };
  }
  if (ownMistake.test(said)) {
    return { fault: 'internal error', detail: essence(said.slice(Math.max(0, said.search(ownMistake) - 200))) };
  }
  if (result.stopped === 'time' || result.processor > allowed.processor + more) {
    return { fault: 'time', detail: words[0] };
  }
  if (result.stopped === 'memory' || result.resident > allowed.resident) {
    return { fault: 'memory', detail: words[0] };
  }
  if (result.stopped) {
    return { fault: 'hang', detail: words[0] };
  }
  if (result.signal) {
    return { fault: 'signal', detail: `${words[0]} ${result.signal}` };
  }
  if (![0, 1, 2].includes(result.status) && !(words[0] === 'cc' && result.status >= 0 && result.status < 256)) {
    return { fault: 'status', detail: `${words[0]} ${result.status}` };
  }
  return undefined;
}

export const sameFault = (one, two) => one?.fault === two?.fault && one?.detail === two?.detail;
