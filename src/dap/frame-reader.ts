/**
 * Messages of the Debug Adapter Protocol out of a stream of bytes, as its base protocol frames them: header lines, an
 * empty line, a body of `Content-Length` bytes of JSON.
 *
 * In: bytes as they come. Out, in order: whole messages, and what is none, with what is wrong about it and the request
 * that it was, when its number can be read. Header names in any case, with any spacing; lines may end in LF alone.
 *
 * What is no message is passed over: reading goes on at the next `Content-Length:`. No JSON holds such a line with its
 * end (in a string the end would be written `\n`), so one within a body says that the body was cut, however long it was
 * to be.
 */
import { sentence, type Sentence } from '../sentences/sentence';
import { askedIn, type PassedOver } from './passed-over';

/** Longest header, and body: what is longer is no client's. */
const LONGEST_HEADER = 4096;
const LONGEST_BODY = 64 << 20;
/** Bytes that may be the beginning of a header line that has not come whole. */
const LINE_BEGINNING = 48;
/** Characters of what is passed over in which a request's number is looked for. */
const LOOKED_AT = 1 << 16;

// Made once: making one takes longer than reading a message.
const bytewise = new TextDecoder('latin1');
const strict = new TextDecoder('utf-8', { fatal: true });

const lengthLine = /^[ \t]*content-length[ \t]*:[ \t]*(\d{1,9})[ \t]*\r?$/gim;
const wholeLine = /content-length[ \t]*:[ \t]*(\d{1,9})[ \t]*\r?\n/gi;
/** A line that has no name with a colon. */
const strangeLine = /^(?![ \t]*[\w-]+[ \t]*:)[^\r\n]*[^\s]/m;
const anyLine = /content-length[ \t]*:/i;

/** How a header begins that needs no looking at. */
const PLAIN = new Uint8Array([...'Content-Length: '].map((letter) => letter.charCodeAt(0)));

/** What a stream gives. */
export type Received = { readonly message: object } | PassedOver;

/** A stretch that is passed over. */
interface Stretch {
  readonly problem: Sentence;
  /** The last of it. */
  text: string;
  /** Requests that were found in it, by number. */
  readonly answered: Set<number>;
}

export class FrameReader {
  private buffer: Uint8Array<ArrayBufferLike> = new Uint8Array(0);
  private start = 0;
  private end = 0;
  /** Of the body that is being read. */
  private length: number | undefined;
  /** Up to where the unfinished body was searched. */
  private searched = 0;
  private stretch: Stretch | undefined;

  /** Takes bytes; gives what is complete now. */
  push(bytes: Uint8Array): Received[] {
    this.append(bytes);
    const received: Received[] = [];
    const step = (): boolean =>
      this.stretch
        ? this.passOver(this.stretch, received)
        : this.length === undefined
          ? this.header(received)
          : this.body(this.length, received);
    let isMore = true;
    while (isMore) {
      isMore = step();
    }
    return received;
  }

  /** Nothing has come for a while: a request that is whole, though its frame is not, is told now. */
  settle(): Received[] {
    const received: Received[] = [];
    const waiting = this.waiting();
    const { length } = this;
    if (!this.stretch) {
      const isWhole = length === undefined ? askedIn(textOf(waiting)).length > 0 : 'message' in readBody(waiting);
      if (!isWhole) {
        return received;
      }
      this.fail(
        length === undefined
          ? sentence('header-has-no-end')
          : sentence('body-ends-early', { came: waiting.length, bytes: length }),
        received,
      );
    }
    if (this.stretch) {
      this.answer(this.stretch, this.stretch.text + textOf(this.waiting()), true, received);
    }
    return received;
  }

  /** Whether the stream ended in the middle of a message. */
  get unfinished(): boolean {
    return this.end > this.start || this.length !== undefined;
  }

  private append(bytes: Uint8Array): void {
    if (this.start === this.end) {
      [this.buffer, this.start, this.end, this.searched] = [bytes, 0, bytes.length, 0];
      return;
    }
    const waiting = this.waiting();
    const length = waiting.length + bytes.length;
    if (this.end + bytes.length > this.buffer.length) {
      const room = new Uint8Array(2 * length);
      room.set(waiting);
      [this.buffer, this.searched] = [room, this.searched - this.start];
      [this.start, this.end] = [0, waiting.length];
    }
    this.buffer.set(bytes, this.end);
    this.end += bytes.length;
  }

  private waiting(): Uint8Array {
    return this.buffer.subarray(this.start, this.end);
  }

  /** Reads a header when all of it has come. Answers whether there is something to go on with. */
  private header(received: Received[]): boolean {
    const plain = plainHeader(this.buffer, this.start, this.end);
    if (plain) {
      this.length = plain.length;
      this.searched = this.start = plain.end;
      return true;
    }
    const waiting = this.waiting();
    const size = headerSize(waiting) ?? Infinity;
    if (Math.min(size, waiting.length) > LONGEST_HEADER) {
      this.fail(sentence('header-has-no-end'), received);
      this.start++; // the next header is another one
      return true;
    }
    if (size === Infinity) {
      return false;
    }
    const text = textOf(waiting.subarray(0, size));
    const digits = [...text.matchAll(lengthLine)].at(-1)?.[1];
    const next = nextHeader(text);
    if (digits === undefined || Number(digits) > LONGEST_BODY) {
      this.fail(
        digits === undefined
          ? sentence('header-has-no-content-length')
          : sentence('message-has-too-many-bytes', { bytes: digits }),
        received,
      );
    } else if (strangeLine.test(text)) {
      this.fail(sentence('header-has-a-strange-line'), received);
    } else {
      this.length = Number(digits);
      this.searched = this.start + size;
    }
    this.start += this.stretch ? this.passed(text, next, received) : size;
    return true;
  }

  private body(length: number, received: Received[]): boolean {
    const waiting = this.waiting();
    if (waiting.length < length) {
      const from = Math.max(this.start, this.searched - LINE_BEGINNING);
      const next = nextHeader(textOf(this.buffer.subarray(from, this.end)));
      this.searched = this.end;
      return next !== undefined && this.cut(from + next - this.start, length, received);
    }
    const read = readBody(waiting.subarray(0, length));
    if ('message' in read) {
      received.push(read);
      this.length = undefined;
      this.start += length;
      return this.start < this.end;
    }
    const next = nextHeader(textOf(waiting.subarray(0, length)));
    if (next !== undefined) {
      return this.cut(next, length, received);
    }
    this.fail(read.problem, received);
    return true;
  }

  /** A body ends where the next header begins. */
  private cut(came: number, bytes: number, received: Received[]): true {
    this.fail(sentence('body-ends-early', { came, bytes }), received);
    this.start += this.passed(textOf(this.waiting().subarray(0, came)), came, received);
    return true;
  }

  /** What of a text is passed over at once: all that lies before the next header, else all, of which more may come. */
  private passed(text: string, next: number | undefined, received: Received[]): number {
    const { stretch } = this;
    if (stretch) {
      stretch.text = text.slice(0, next);
      this.answer(stretch, stretch.text, next !== undefined, received);
    }
    if (next !== undefined) {
      this.stretch = undefined;
    }
    return next ?? text.length;
  }

  /** What comes now is passed over. */
  private fail(problem: Sentence, received: Received[]): void {
    this.length = undefined;
    this.stretch = { problem, text: '', answered: new Set() };
    received.push({ problem });
  }

  /** Goes on to the next header. */
  private passOver(stretch: Stretch, received: Received[]): boolean {
    const text = textOf(this.waiting());
    const next = text.search(anyLine);
    const taken = next >= 0 ? next : Math.max(0, text.length - LINE_BEGINNING);
    const before = stretch.text;
    const passed = before + text.slice(0, taken);
    if (passed.length > LOOKED_AT) {
      // What leaves the stretch's text is not seen again.
      this.answer(stretch, passed, true, received);
    }
    stretch.text = passed.slice(-LOOKED_AT);
    this.answer(stretch, next >= 0 ? stretch.text : before + text, next >= 0, received);
    this.start += taken;
    if (next >= 0) {
      this.stretch = undefined;
    }
    return next >= 0;
  }

  /** Tells of the requests in a stretch; `isAll`: what is not known of them now will not be. */
  private answer({ problem, answered }: Stretch, text: string, isAll: boolean, received: Received[]): void {
    for (const asked of askedIn(text)) {
      if (!answered.has(asked.seq) && (isAll || asked.command !== '')) {
        answered.add(asked.seq);
        received.push({ problem, asked, isTold: true });
      }
    }
  }
}

/**
 * A header as nearly every client writes it, `Content-Length: 119` and an empty line, without looking at text: where its
 * body begins, and how long that is. Undefined for any other, and for one that has not come whole.
 */
function plainHeader(
  bytes: Uint8Array,
  start: number,
  end: number,
): { readonly end: number; readonly length: number } | undefined {
  if (end - start < PLAIN.length + 5 || PLAIN.some((byte, index) => bytes[start + index] !== byte)) {
    return undefined;
  }
  const digits = start + PLAIN.length;
  let at = digits;
  let length = 0;
  for (let digit = digitAt(bytes, at); digit !== undefined && at < digits + 9; digit = digitAt(bytes, at)) {
    length = length * 10 + digit;
    at++;
  }
  const isWhole =
    at > digits &&
    at + 4 <= end &&
    bytes[at] === 13 &&
    bytes[at + 1] === 10 &&
    bytes[at + 2] === 13 &&
    bytes[at + 3] === 10;
  return isWhole && length <= LONGEST_BODY ? { end: at + 4, length } : undefined;
}

function digitAt(bytes: Uint8Array, at: number): number | undefined {
  const digit = (bytes[at] ?? 0) - 48;
  return digit >= 0 && digit <= 9 ? digit : undefined;
}

/** Bytes of a header with the empty line behind it; undefined when not all of it has come. */
function headerSize(waiting: Uint8Array): number | undefined {
  let lineStart = 0;
  for (let at = waiting.indexOf(10); at >= 0; at = waiting.indexOf(10, at + 1)) {
    const isEmpty = at === lineStart || (at === lineStart + 1 && waiting[lineStart] === 13);
    if (isEmpty && at > 1) {
      return at + 1;
    }
    lineStart = at + 1;
  }
  return undefined;
}

/** Where a whole line with a length that can be begins. */
function nextHeader(text: string): number | undefined {
  return [...text.matchAll(wholeLine)].find(([, digits]) => Number(digits) <= LONGEST_BODY)?.index;
}

/** A character for each byte. */
function textOf(bytes: Uint8Array): string {
  return bytewise.decode(bytes);
}

function readBody(bytes: Uint8Array): { readonly message: object } | { readonly problem: Sentence } {
  let text: string;
  try {
    text = strict.decode(bytes);
  } catch {
    return { problem: sentence('body-is-no-utf-8') };
  }
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return { problem: sentence('body-is-no-json') };
  }
  return typeof message !== 'object' || message === null || Array.isArray(message)
    ? { problem: sentence('body-is-no-object') }
    : { message };
}
