/**
 * Messages of the Debug Adapter Protocol out of a stream of bytes, as its base protocol frames them: header lines, an
 * empty line, a body of `Content-Length` bytes of JSON.
 *
 * In: bytes as they come. Out: whole messages in order; or, once, what is wrong with the stream: behind a broken header
 * or body nothing can be found again. Header names in any case, with any spacing; lines may end in LF alone.
 */
import { sentence, type Sentence } from '../sentences/sentence';
import { wording } from '../sentences/wording';

/** Longest header, and body: what is longer is no client's. */
const LONGEST_HEADER = 4096;
const LONGEST_BODY = 64 << 20;

// Made once: making one takes longer than reading a message.
const lenient = new TextDecoder();
const strict = new TextDecoder('utf-8', { fatal: true });

/** What is no message; `what` says why. */
export class FramingError extends Error {
  constructor(readonly what: Sentence) {
    super(wording(what, 'en'));
  }
}

export class FrameReader {
  private waiting: Uint8Array<ArrayBufferLike> = new Uint8Array(0);
  private length: number | undefined;

  /** Takes bytes; gives the messages that are complete now. Throws a {@link FramingError} for what is no message. */
  push(bytes: Uint8Array): object[] {
    if (this.waiting.length === 0) {
      this.waiting = bytes;
    } else {
      const joined = new Uint8Array(this.waiting.length + bytes.length);
      joined.set(this.waiting);
      joined.set(bytes, this.waiting.length);
      this.waiting = joined;
    }
    const messages: object[] = [];
    for (;;) {
      this.length ??= this.header();
      if (this.length === undefined || this.waiting.length < this.length) {
        return messages;
      }
      const body = this.waiting.subarray(0, this.length);
      this.waiting = this.waiting.subarray(this.length);
      this.length = undefined;
      messages.push(readBody(body));
    }
  }

  /** Whether the stream ended in the middle of a message. */
  get unfinished(): boolean {
    return this.waiting.length > 0 || this.length !== undefined;
  }

  /** Reads a header when all of it has come: the length of the body. */
  private header(): number | undefined {
    const { waiting } = this;
    let lineStart = 0;
    for (let at = 0; at < waiting.length; at++) {
      if (waiting[at] !== 10) {
        continue;
      }
      const isEmpty = at === lineStart || (at === lineStart + 1 && waiting[lineStart] === 13);
      if (isEmpty && at > 1) {
        const text = lenient.decode(waiting.subarray(0, at));
        this.waiting = waiting.subarray(at + 1);
        return lengthIn(text);
      }
      lineStart = at + 1;
    }
    if (waiting.length > LONGEST_HEADER) {
      throw new FramingError(sentence('header-has-no-end'));
    }
    return undefined;
  }
}

function lengthIn(header: string): number {
  const [, digits] = /^[ \t]*content-length[ \t]*:[ \t]*(\d{1,9})[ \t]*\r?$/im.exec(header) ?? [];
  if (digits === undefined || Number(digits) > LONGEST_BODY) {
    throw new FramingError(
      digits === undefined
        ? sentence('header-has-no-content-length')
        : sentence('message-has-too-many-bytes', { bytes: digits }),
    );
  }
  return Number(digits);
}

function readBody(bytes: Uint8Array): object {
  let message: unknown;
  try {
    message = JSON.parse(strict.decode(bytes));
  } catch {
    throw new FramingError(sentence('body-is-no-json'));
  }
  if (typeof message !== 'object' || message === null || Array.isArray(message)) {
    throw new FramingError(sentence('body-is-no-object'));
  }
  return message;
}
