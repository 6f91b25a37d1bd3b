/**
 * The command line's doors for a tool: output into texts of bounded length, an end in time, nothing written.
 *
 * In: the host's doors, how long and how much. Out: doors that say that nobody reads any more once there is enough, and
 * what was said until then.
 */
import type { CliIo } from '../cli/cli-io';

export interface Bounds {
  readonly milliseconds: number;
  readonly characters: number;
}

export interface Overheard {
  readonly io: CliIo;
  readonly out: () => string;
  readonly err: () => string;
  /** What was cut off: nothing, what came after enough text, or what would have come later. */
  readonly cut: () => 'length' | 'time' | undefined;
}

export function boundedIo(host: CliIo, { milliseconds, characters }: Bounds): Overheard {
  const said = { out: '', err: '' };
  const until = host.now() + milliseconds;
  const isLate = (): boolean => host.now() > until;
  const isFull = (): boolean => said.out.length >= characters;
  const hear = (key: keyof typeof said, text: string): void => {
    said[key] += text.slice(0, Math.max(0, characters - said[key].length));
  };
  const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
  return {
    io: {
      ...host,
      stdout: (each) => hear('out', each),
      stdoutBytes: (bytes) => hear('out', text(bytes)),
      stderr: (each) => hear('err', each),
      stderrBytes: (bytes) => hear('err', text(bytes)),
      writeFile: (path) => ({
        code: 'SS9001',
        severity: 'error',
        path,
        message: { en: 'tools only read', zh: '工具只读，不写文件' },
      }),
      closed: () => isFull() || isLate() || host.closed(),
    },
    out: () => said.out,
    err: () => said.err,
    cut: () => (isFull() ? 'length' : isLate() ? 'time' : undefined),
  };
}
