/**
 * TCP options in a scenario, behind `<`.
 *
 *   options = "..." | option {"," option}
 *   option  = "mss" n | "wscale" n | "sackOK" | "nop" | "eol" | "TS" "val" n "ecr" n | "sack" n:n … | "md5" hex | "FO" [hex] | "FOEXP" [hex]
 *           | number hex
 *
 * In: a cursor behind the bracket. Out: options, undefined for `...`; problems through the cursor. All options together
 * have room in a header (RFC 793: the data offset counts 15 words at most).
 */
import { sentence } from '../sentences/sentence';
import { laterFeature } from './later-features';
import type { TcpOptionPattern } from './pkt-ast';
import type { PktCursor } from './pkt-cursor';
import { MOST_BYTE, MOST_LONG, MOST_SHORT, takeInteger } from './pkt-numbers';

const TCP_OPTION_MD5 = 19;
const TCP_OPTION_FAST_OPEN = 34;
const TCP_OPTION_EXPERIMENTAL = 254;
/** Magic number that marks an experimental Fast Open option (RFC 7413, appendix A). */
const FAST_OPEN_MAGIC = [0xf9, 0x89];
/** Bytes of options that a header has room for. */
const ROOM = 40;
const MD5_BYTES = 16;

export function parseOptions(cursor: PktCursor, direction: 'in' | 'out'): TcpOptionPattern[] | undefined {
  const start = cursor.peek();
  if (cursor.accept('...')) {
    if (direction === 'in') {
      cursor.fail(
        sentence('is-for-packets-that-are-expected-one-that-arrives'),
        sentence('write-them-out-or-nothing'),
        'SS5001',
        start,
      );
    }
    cursor.expect('>', sentence('close-the-options-with'));
    return undefined;
  }
  const options: TcpOptionPattern[] = [];
  let size = 0;
  while (!cursor.failed && !cursor.accept('>')) {
    if (options.length > 0 && !cursor.accept(',')) {
      tellUnfinished(cursor);
      break;
    }
    const option = parseOption(cursor);
    if (option) {
      options.push(option);
      size += sizeOf(option);
    }
    if (size > ROOM) {
      cursor.fail(
        sentence('these-options-have-more-than-the-limit-bytes-that-a', { limit: ROOM }),
        sentence('write-fewer'),
        'SS5001',
        start,
      );
    }
  }
  return options;
}

function tellUnfinished(cursor: PktCursor): void {
  const token = cursor.peek();
  const name = token.kind === 'word' && /^[A-Z][A-Z0-9_]*$/.test(token.text);
  cursor.fail(
    name
      ? sentence('token-has-no-value-where-the-bytes-of-an-option-are', { token: token.text })
      : sentence('cursor-does-not-belong-to-the-option-before-it', { cursor: cursor.shown() }),
    name
      ? sentence('give-it-one-with-d-token-value-as-packetdrill-takes', { token: token.text })
      : sentence('separate-options-with-commas-and-close-them-with'),
  );
}

function parseOption(cursor: PktCursor): TcpOptionPattern | undefined {
  const token = cursor.next();
  switch (token.kind === 'string' ? '' : token.text) {
    case 'mss':
      return { kind: 'mss', value: takeInteger(cursor, sentence('the-mss'), MOST_SHORT) };
    case 'wscale':
      return { kind: 'wscale', value: takeInteger(cursor, sentence('the-window-scale'), MOST_BYTE) };
    case 'sackOK':
    case 'nop':
    case 'eol':
      return { kind: token.text as 'sackOK' | 'nop' | 'eol' };
    case 'TS': {
      cursor.expect('val', sentence('a-timestamp-option-looks-like-ts-val-100-ecr-0'));
      const value = takeInteger(cursor, sentence('the-timestamp'), MOST_LONG);
      cursor.expect('ecr', sentence('a-timestamp-option-looks-like-ts-val-100-ecr-0'));
      return { kind: 'TS', value, echo: takeInteger(cursor, sentence('the-timestamp'), MOST_LONG) };
    }
    case 'sack': {
      const blocks: { left: number; right: number }[] = [];
      while (!cursor.failed && cursor.peek().kind === 'number') {
        const left = takeInteger(cursor, sentence('the-sequence-number'), MOST_LONG);
        cursor.expect(':', sentence('a-sack-block-looks-like-1001-2001'));
        blocks.push({ left, right: takeInteger(cursor, sentence('the-sequence-number'), MOST_LONG) });
      }
      return { kind: 'sack', blocks };
    }
    case 'md5': {
      const bytes = hexBytes(cursor);
      return {
        kind: 'raw',
        number: TCP_OPTION_MD5,
        bytes: [...bytes, ...Array<number>(Math.max(0, MD5_BYTES - bytes.length)).fill(0)],
      };
    }
    case 'FO':
      return { kind: 'raw', number: TCP_OPTION_FAST_OPEN, bytes: hexBytes(cursor) };
    case 'FOEXP':
      return { kind: 'raw', number: TCP_OPTION_EXPERIMENTAL, bytes: [...FAST_OPEN_MAGIC, ...hexBytes(cursor)] };
    default:
      return otherOption(cursor, token);
  }
}

function otherOption(cursor: PktCursor, token: ReturnType<PktCursor['peek']>): TcpOptionPattern | undefined {
  const number = Number(token.text);
  if (token.kind === 'number' && Number.isInteger(number) && number <= MOST_BYTE) {
    return { kind: 'raw', number, bytes: hexBytes(cursor) };
  }
  const later = token.kind === 'word' ? laterFeature(token.text) : undefined;
  cursor.fail(
    later?.message ?? sentence('unknown-tcp-option-token', { token: JSON.stringify(token.text) }),
    later?.remedy ?? sentence('known-are-mss-wscale-sack-ok-nop-eol-ts-sack-md5-fo-2'),
    later ? 'SS5009' : 'SS5001',
    token,
  );
  return undefined;
}

/** Hex digits, which the lexer may have cut into numbers and words. */
function hexBytes(cursor: PktCursor): number[] {
  const start = cursor.peek();
  let digits = '';
  while (
    /^(0x)?[0-9a-fA-F]+$/.test(cursor.peek().text) &&
    ['number', 'word'].includes(cursor.peek().kind) &&
    (digits === '' || cursor.adjacent)
  ) {
    digits += cursor.next().text.replace(/^0x/, '');
  }
  if (digits.length % 2 !== 0 || digits.length > 2 * ROOM) {
    cursor.fail(
      digits.length % 2 === 0
        ? sentence('these-options-have-more-than-the-limit-bytes-that-a', { limit: ROOM })
        : sentence('digits-is-no-row-of-bytes-it-has-an-odd-number-of', { digits }),
      sentence('write-two-hex-digits-for-each-byte'),
      'SS5001',
      start,
    );
    return [];
  }
  return Array.from({ length: digits.length / 2 }, (_, i) => parseInt(digits.slice(2 * i, 2 * i + 2), 16));
}

/** Bytes of an option in a header. */
function sizeOf(option: TcpOptionPattern): number {
  switch (option.kind) {
    case 'mss':
      return 4;
    case 'wscale':
      return 3;
    case 'sackOK':
      return 2;
    case 'TS':
      return 10;
    case 'sack':
      return 2 + 8 * option.blocks.length;
    case 'raw':
      return 2 + option.bytes.length;
    default:
      return 1;
  }
}
