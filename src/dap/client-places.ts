/**
 * Places as the client counts and writes them: lines and columns from 0 or from 1, files as paths or as URIs
 * (`linesStartAt1`, `columnsStartAt1`, `pathFormat` of `initialize`). Everything inside counts from 1 and has paths.
 *
 * In: arguments from the wire, or a body for it. Out: the same with its places changed; DAP names them alike wherever
 * they stand, so one walk does for all requests and events.
 */

export interface PlaceFormat {
  readonly linesStartAt1: boolean;
  readonly columnsStartAt1: boolean;
  readonly uris: boolean;
}

/** DAP's defaults. */
export const defaultPlaces: PlaceFormat = { linesStartAt1: true, columnsStartAt1: true, uris: false };

const lineNames = new Set(['line', 'endLine']);
const columnNames = new Set(['column', 'endColumn']);

/** Reads what `initialize` says. */
export function placeFormat(args: {
  readonly linesStartAt1?: boolean;
  readonly columnsStartAt1?: boolean;
  readonly pathFormat?: string;
}): PlaceFormat {
  return {
    linesStartAt1: args.linesStartAt1 ?? true,
    columnsStartAt1: args.columnsStartAt1 ?? true,
    uris: args.pathFormat === 'uri',
  };
}

/** A body as the client wants it. Line 0, which says that there is none, stays. */
export function toClient<Body>(body: Body, format: PlaceFormat): Body {
  return isPlain(format) ? body : (walk(body, format, -1, pathToUri) as Body);
}

/** How deep a place can lie in arguments; what is deeper is no client's. */
const DEEPEST = 20;

/** Arguments as the adapter wants them. */
export function fromClient(args: unknown, format: PlaceFormat): unknown {
  return isPlain(format) ? args : walk(args, format, 1, uriToPath, DEEPEST);
}

function isPlain({ linesStartAt1, columnsStartAt1, uris }: PlaceFormat): boolean {
  return linesStartAt1 && columnsStartAt1 && !uris;
}

function walk(
  value: unknown,
  format: PlaceFormat,
  by: 1 | -1,
  path: (text: string) => string,
  depth = Infinity,
): unknown {
  if (Array.isArray(value) && depth > 0) {
    return value.map((element) => walk(element, format, by, path, depth - 1));
  }
  if (typeof value !== 'object' || value === null || depth <= 0) {
    return value;
  }
  const shift = (number: unknown): unknown =>
    typeof number === 'number' ? (by < 0 ? Math.max(0, number - 1) : number + 1) : number;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      if (!format.linesStartAt1 && lineNames.has(name)) {
        return [name, shift(member)];
      }
      if (!format.columnsStartAt1 && columnNames.has(name)) {
        return [name, shift(member)];
      }
      if (!format.linesStartAt1 && name === 'lines' && Array.isArray(member)) {
        return [name, member.map(shift)];
      }
      if (format.uris && name === 'path' && typeof member === 'string') {
        return [name, path(member)];
      }
      return [name, walk(member, format, by, path, depth - 1)];
    }),
  );
}

const scheme = /^[a-z][a-z0-9+.-]+:/i;

/** `/a b.c` → `file:///a%20b.c`; what is a URI already stays (RFC 8089). */
function pathToUri(path: string): string {
  if (scheme.test(path)) {
    return path;
  }
  const slashes = path.replace(/\\/g, '/');
  const absolute = slashes.startsWith('/') ? slashes : `/${slashes}`;
  return `file://${absolute
    .split('/')
    .map(encodeURIComponent)
    .join('/')
    .replace(/^\/([a-z])%3A/i, '/$1:')}`;
}

/** The path that a `file:` URI names; anything else as it is. */
export function uriToPath(uri: string): string {
  const [, rest] = /^file:\/\/(?:localhost)?(\/.*)$/i.exec(uri) ?? [];
  if (rest === undefined) {
    return uri;
  }
  try {
    return decodeURIComponent(rest).replace(/^\/([a-z]:)/i, '$1');
  } catch {
    return uri; // a stray per cent sign: no file has that name
  }
}
