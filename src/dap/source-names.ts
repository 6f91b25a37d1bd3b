/**
 * DAP `Source` objects for the machine's files, and the machine's file for a client's `Source`.
 *
 * In: paths of `DebugInfo.files` and journal entries. Out: sources whose `path` is what the host's {@link AdapterHost}
 * says: the same URI serves for reading, for breakpoints and for stepping. A file that the client cannot open by itself has
 * a `sourceReference` besides.
 */
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { AdapterHost } from './adapter-host';

export class SourceNames {
  /** Paths by `sourceReference`, less one. */
  private readonly references: string[] = [];
  private readonly known = new Map<string, string>();
  private readonly sources = new Map<string, DebugProtocol.Source>();

  constructor(private readonly host: Pick<AdapterHost, 'toClientPath' | 'fromClientPath' | 'isThere'>) {}

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
      const clientPath = this.host.toClientPath(path);
      source = { name: path.slice(path.lastIndexOf('/') + 1), path: clientPath };
      if (this.host.isThere?.(clientPath) === false) {
        source.sourceReference = this.referenceOf(path);
      }
      this.sources.set(path, source);
    }
    return source;
  }

  /** The session's path for a client's source; undefined when the client sent none. */
  path(source: DebugProtocol.Source): string | undefined {
    if (source.path === undefined && source.sourceReference) {
      return this.pathOf(source.sourceReference);
    }
    return source.path === undefined
      ? undefined
      : (this.known.get(source.path) ?? this.host.fromClientPath(source.path));
  }

  /** The session's path for a `sourceReference`. */
  pathOf(reference: number): string | undefined {
    return this.references[reference - 1];
  }

  private referenceOf(path: string): number {
    const known = this.references.indexOf(path);
    return known >= 0 ? known + 1 : this.references.push(path);
  }

  all(): DebugProtocol.Source[] {
    return [...this.known.values()].map((file) => this.source(file));
  }
}
