/**
 * The last write of bytes before a moment, found by looking at them at every statement.
 *
 * In: bytes, the frame that they lie in, a moment. Out: the moment before the statement that changed them last, or when
 * their frame began. Stretches further and further back are stepped over. It is exact for every byte of a frame,
 * temporaries too, and it is slow: others are asked first where they know.
 */
import type { DebugInfo, StatementId } from '../abi/debug-info';
import type { OwnFrame } from '../machine/frame-bytes';
import type { Asking, Changes } from './changes';
import type { Replayer, Span } from './replayer';

export interface WrittenRange {
  readonly address: number;
  readonly size: number;
  readonly frame: OwnFrame | undefined;
}

export type LastWritten =
  | { readonly kind: 'none' }
  /** `clock`: the last moment with the bytes of before. */
  | { readonly kind: 'write'; readonly clock: number; readonly by: 'code' | 'scenario' | 'hand' };

export type LastWrite = (range: WrittenRange, before: number, asking: Asking) => Promise<LastWritten>;

const FIRST_WINDOW = 500;

/** Asks who changed the bytes; those of frames, where values live in registers between, are looked at. */
export function byAsking(changes: Changes, looking: LastWrite): LastWrite {
  return async (range, before, asking) => {
    if (range.frame) {
      return looking(range, before, asking);
    }
    const found = await changes.last({ address: range.address, size: range.size }, before, asking);
    if (found.kind !== 'change') {
      return { kind: 'none' };
    }
    const { clock, writer } = found.change;
    const by = writer.kind === 'scenario' || writer.kind === 'hand' ? writer.kind : 'code';
    return { kind: 'write', clock, by };
  };
}

/** Looks at the bytes at every statement. */
export function byLooking(replayer: Replayer, debug: DebugInfo): LastWrite {
  return async ({ address, size, frame }, before, { breathe }) => {
    const entry = frame && debug.functions[frame.functionId]?.firstStatement;
    let end = before;
    for (let width = FIRST_WINDOW; end > replayer.oldest; width *= 8) {
      const from = Math.max(replayer.oldest, end - width);
      const found = await lastIn(replayer, { address, size, frame }, { from, to: end, breathe }, entry);
      if (found !== undefined) {
        return { kind: 'write', clock: found, by: 'code' };
      }
      end = from;
      if (await breathe?.(end)) {
        break;
      }
    }
    return { kind: 'none' };
  };
}

async function lastIn(
  replayer: Replayer,
  { address, size, frame }: WrittenRange,
  { from, to, breathe }: Span & Asking,
  entry: StatementId | undefined,
): Promise<number | undefined> {
  let found: number | undefined;
  let bytes: Uint8Array | undefined;
  let last = from;
  const outcome = await replayer.replay(
    { from, to },
    {
      statements: 'all',
      onStatement: (stop, { memory, clock }) => {
        const before = bytes;
        if (!before || before.some((byte, index) => byte !== memory.bytes[address + index])) {
          bytes = memory.read(address, size);
          found = before ? last : found;
        }
        if (frame && stop.statement === entry && stop.fp === frame.fp && stop.task === frame.task && clock > from) {
          found = last; // what the frame began with was written on the way into it
        }
        last = clock;
      },
      breathe,
    },
  );
  return outcome === 'cancelled' ? undefined : found;
}
