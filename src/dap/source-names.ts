/**
 * DAP `Source` objects for the machine's files, and the machine's file for a client's `Source`.
 *
 * In: paths of `DebugInfo.files` and journal entries. Out: sources whose `path` is what the host's {@link AdapterHost}
 * says, never a `sourceReference`: the same URI serves for reading, for breakpoints and for stepping.
 */
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { AdapterHost } from './adapter-host';

export class SourceNames {
  private readonly known = new Map<string, string>();
  private readonly sources = new Map<string, DebugProtocol.Source>();

  constructor(private readonly host: Pick<AdapterHost, 'toClientPath' | 'fromClientPath'>) {}

  /** Takes over the files of a session: how they are spelled here is how the session must be asked. */
  setFiles(files: readonly string[]): void {
    this.known.clear();
    this.sources.clear();
    for (const file of files) {
      this.known.set(this.host.toClientPath(file), file);
    }
  }

  source(path: string): DebugProtocol.Source {
    let source = this.sources.get(path);
    if (!source) {
      source = { name: path.slice(path.lastIndexOf('/') + 1), path: this.host.toClientPath(path) };
      this.sources.set(path, source);
    }
    return source;
  }

  /** The session's path for a client's source; undefined when the client sent none. */
  path(source: DebugProtocol.Source): string | undefined {
    return source.path === undefined
      ? undefined
      : (this.known.get(source.path) ?? this.host.fromClientPath(source.path));
  }

  all(): DebugProtocol.Source[] {
    return [...this.known.values()].map((file) => this.source(file));
  }
}
