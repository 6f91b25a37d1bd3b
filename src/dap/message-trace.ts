/**
 * Messages of the debug adapter protocol as lines of a log.
 *
 * In: a message, who sent it, how much is wanted. Out: one line (`→ next #12`, `← next #12 failed`, `← stopped`), with the
 * message itself behind it when everything is wanted, cut where it is long.
 */

/** What the setting `sockscope.trace` can be. */
export const traceLevels = ['off', 'messages', 'verbose'] as const;

export type TraceLevel = (typeof traceLevels)[number];

/** Characters of a message that are logged. */
const MOST = 2000;

interface Message {
  readonly type?: unknown;
  readonly command?: unknown;
  readonly event?: unknown;
  readonly seq?: unknown;
  readonly request_seq?: unknown;
  readonly success?: unknown;
}

/** The line for a message; undefined when nothing is wanted. */
export function tracedMessage(from: 'client' | 'adapter', message: object, level: TraceLevel): string | undefined {
  if (level === 'off') {
    return undefined;
  }
  const line = `${from === 'client' ? '→' : '←'} ${headline(message)}`;
  return level === 'messages' ? line : `${line} ${shortened(message)}`;
}

function headline({ type, command, event, seq, request_seq: asked, success }: Message): string {
  switch (type) {
    case 'request':
      return `${String(command)} #${String(seq)}`;
    case 'response':
      return `${String(command)} #${String(asked)}${success === false ? ' failed' : ''}`;
    case 'event':
      return String(event);
    default:
      return String(type);
  }
}

function shortened(message: object): string {
  const text = JSON.stringify(message);
  return text.length > MOST ? `${text.slice(0, MOST)}… (${text.length})` : text;
}
