/**
 * Frames as no client should write them: wrong lengths, broken JSON, halves, other encodings, messages that are no
 * requests; and whole ones in odd pieces and spellings.
 *
 * In: a random source, a request with its number. Out: the bytes in the pieces in which they are written, and what must
 * come of them: `refused` (a failure with the request's number), `answered` (whatever the answer), or `silence` (what
 * was asked cannot be told).
 */

const plain = (text) => Buffer.from(text);
const header = (length) => `Content-Length: ${length}\r\n\r\n`;
const framed = (body) => Buffer.concat([plain(header(body.length)), body]);

/** A place within a text. */
const within = (random, text) => 1 + Math.floor(random() * (text.length - 1));

/** The beginning of a body, from which the number can be read. */
function half(random, body) {
  const numbered = /"seq":\d+,/.exec(body);
  const least = numbered.index + numbered[0].length;
  return body.slice(0, least + Math.floor(random() * (body.length - least)));
}

const lengths = ['-5', '0x20', '1e3', '', 'NaN', '12.5', '99999999999', '999999999', '+40', '４２', '4 2'];
const nestings = [50, 5000, 100_000];

const kinds = {
  'a length too short': (random, body) => [plain(header(within(random, body)) + body), 'refused'],
  'a length a little too long': (random, body) => [plain(header(body.length + within(random, body)) + body), 'refused'],
  'a huge length': (random, body) => [plain(header(50_000_000) + body), 'refused'],
  'a length that is none': (random, body, pick) => [
    plain(`Content-Length: ${pick(lengths)}\r\n\r\n${body}`),
    'refused',
  ],
  'no length': (random, body, pick) => [
    plain(pick(['', '\r\n\r\n', 'Length: 5\r\n\r\n', 'Content-Type: x\r\n\r\n', 'Content-Length\r\n\r\n']) + body),
    'refused',
  ],
  'half a header, then a frame': (random, body) => [
    Buffer.concat([plain(header(body.length).slice(0, within(random, header(1)))), framed(plain(body))]),
    'answered',
  ],
  'half a frame, then another': (random, body) => [plain(header(body.length) + half(random, body)), 'refused', true],
  'broken JSON': (random, body, pick) => {
    const broken = pick([
      `${body.slice(0, -1)},}`,
      body.replaceAll('"seq":', '\'x\':1,"seq":'),
      body.slice(0, -1),
      `${body}}`,
      `${body}\u0000x`,
      body.replace('"type"', '"type'),
      body.replace('{', '{"a":NaN,'),
    ]);
    return [framed(plain(broken)), 'refused'];
  },
  UTF: (random, body) => [framed(Buffer.from(body, 'utf16le')), 'refused'],
  'UTF-16 with its header': (random, body) => [Buffer.from(header(body.length) + body, 'utf16le'), 'refused', true],
  'a byte that is not UTF-8': (random, body) => {
    const bytes = Buffer.from(body.replace('"arguments":', '"x":"ü","arguments":'), 'latin1');
    return [framed(bytes), 'refused'];
  },
  'a length in characters': (random, body) => {
    const text = body.replace('"arguments":', '"x":"中文中文","arguments":');
    return [plain(header(text.length) + text), 'refused'];
  },
  'a mark of byte order': (random, body) => [framed(plain(`\ufeff${body}`)), 'answered'],
  'no object': (random, body, pick) => [framed(plain(pick(['[]', '3', 'null', '"x"', `[${body}]`]))), 'silence'],
  'no request': (random, body, pick) => {
    const message = { ...JSON.parse(body), type: pick(['nonsense', 1, null, [], {}]) };
    return [framed(plain(JSON.stringify(message))), 'refused'];
  },
  'no number': (random, body, pick) => {
    const message = { ...JSON.parse(body), seq: pick(['x', 1.5, null, [], {}, '12']) };
    return [framed(plain(JSON.stringify(message))), 'silence'];
  },
  'no command': (random, body, pick) => {
    const message = { ...JSON.parse(body), command: pick([5, null, [], { toString: 1, valueOf: 1 }, true]) };
    return [framed(plain(JSON.stringify(message))), 'refused'];
  },
  'deep arguments': (random, body, pick) => {
    const deep = pick(nestings);
    const nested = pick([
      `${'['.repeat(deep)}${']'.repeat(deep)}`,
      `${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}`,
      `"${'('.repeat(deep)}1${')'.repeat(deep)}"`,
    ]);
    return [framed(plain(body.replace('"arguments":{', `"arguments":{"expression":${nested},"x":`))), 'answered'];
  },
  'binary noise': (random) => {
    const noise = Buffer.from(Array.from({ length: Math.floor(random() * 9000) }, () => Math.floor(random() * 256)));
    return [noise, 'silence'];
  },
  'a line that does not end': () => [plain('x'.repeat(5000)), 'silence'],
  'an event and an answer': (random, body) => {
    const { seq } = JSON.parse(body);
    const event = JSON.stringify({ seq, type: 'event', event: 'x' });
    const answer = JSON.stringify({ seq, type: 'response', request_seq: 7, success: true, command: 'x' });
    return [Buffer.concat([framed(plain(event)), framed(plain(answer))]), 'silence'];
  },
  'other spellings of the header': (random, body, pick) => {
    const length = Buffer.byteLength(body);
    const head = pick([
      `content-length:${length}\n\n`,
      `CONTENT-LENGTH :  ${length} \r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n`,
      `Content-Type: x\r\nContent-Length: ${length}\r\n\r\n`,
      `\r\n\r\nContent-Length: 00${length}\r\n\r\n`,
    ]);
    return [plain(head + body), 'answered'];
  },
};

/** A body whose number comes first: from a part of it one can tell what was asked. */
function bodyOf({ seq, command, arguments: args }) {
  return JSON.stringify({ seq, type: 'request', command, arguments: args });
}

/** One frame; `needsMore`: what is wrong with it shows when the next one comes. */
export function makeFrame(random, request) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  const kind = pick(Object.keys(kinds));
  const body = bodyOf(request).replace(/[^\x20-\x7e]/g, '?');
  const [bytes, outcome, needsMore = false] = kinds[kind](random, body, pick);
  return { kind, pieces: piecesOf(random, bytes), outcome, needsMore };
}

/** Sometimes byte by byte, sometimes in a few parts. */
function piecesOf(random, bytes) {
  const way = random();
  if (way < 0.6 || bytes.length > 20_000) {
    return [bytes];
  }
  const size = way < 0.7 ? 1 : 1 + Math.floor(random() * bytes.length);
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
}
