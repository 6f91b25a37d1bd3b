/**
 * What came over the wire and is no message, or no request.
 *
 * In: text that could not be read, or a message. Out: what is wrong, and the request that it was, when its number can be
 * read all the same: whoever sent it waits for an answer.
 */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { sentence, type Sentence } from '../sentences/sentence';

/** A request by what an answer to it needs. */
export interface Asked {
  readonly seq: number;
  /** Empty when it could not be read. */
  readonly command: string;
}

export interface PassedOver {
  readonly problem: Sentence;
  readonly asked?: Asked | undefined;
  /** The problem was told already; this says what was asked. */
  readonly isTold?: true;
}

/** The requests in text that could not be read as JSON, whole or in part; UTF-16 is seen through. */
export function askedIn(text: string): Asked[] {
  const plain = text.replaceAll('\0', '');
  if (/"request_seq"|"type"\s*:\s*"(?:event|response)"/.test(plain)) {
    return [];
  }
  const numbers = [...plain.matchAll(/"seq"\s*:\s*(\d{1,15})\s*[,}]/g)];
  return numbers.map((match, index) => {
    const from = numbers[index - 1];
    const behind = plain.slice(match.index, numbers[index + 1]?.index);
    const before = plain.slice(from ? from.index : 0, match.index);
    const command = /"command"\s*:\s*"([\w/]{1,100})"/;
    return { seq: Number(match[1]), command: (command.exec(behind) ?? command.exec(before))?.[1] ?? '' };
  });
}

/** What is wrong with a message that should be a request; undefined for a request, and for what needs no answer. */
export function misfitOf(message: object): PassedOver | undefined {
  const { seq, type, command } = message as Readonly<Record<string, unknown>>;
  if (type === 'event' || type === 'response') {
    return undefined;
  }
  const [field, expected] =
    type !== 'request'
      ? ['type', '"request"']
      : !Number.isSafeInteger(seq)
        ? ['seq', 'integer']
        : typeof command !== 'string'
          ? ['command', 'string']
          : [];
  if (field === undefined) {
    return undefined;
  }
  const asked = Number.isSafeInteger(seq)
    ? { seq: seq as number, command: typeof command === 'string' ? command : '' }
    : undefined;
  return { problem: sentence('message-is-no-request', { field, expected }), asked };
}

/** The beginning of an answer. */
export function responseTo({ seq, command }: Asked): DebugProtocol.Response {
  return { seq: 0, type: 'response', request_seq: seq, command, success: true };
}
