/**
 * All tools, and how one is called: what the Model Context Protocol asks, without the protocol itself.
 *
 * In: the host's doors. Out: descriptions of tools, and answers of bounded length with the file, line and statement of
 * every place in them. Nothing here writes; a tool that takes too long answers with what it has.
 */
import type { CliIo } from '../cli/cli-io';
import { openProgram, ProgramCache } from '../facade/open-session';
import { sourceOf } from '../facade/program';
import type { SourceFile } from '../source/source-file';
import type { Bounds } from './bounded-io';
import { commandTools } from './command-tools';
import { RunTools } from './run-tools';
import { answerOf, schemaOf, type Answer, type Tool } from './tool';

const bounds: Bounds = { milliseconds: 60_000, characters: 40_000 };

export interface ToolDescription {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: object;
  readonly annotations: { readonly readOnlyHint: true };
}

export class ToolServer {
  private readonly tools: ReadonlyMap<string, Tool>;
  private readonly cache: ProgramCache;

  constructor(private readonly host: CliIo) {
    this.cache = new ProgramCache(host.imageStore?.(undefined));
    const all = [...commandTools(host, this.cache, bounds), ...new RunTools(host, this.cache, bounds).tools];
    this.tools = new Map(all.map((each) => [each.name, each]));
  }

  list(): readonly ToolDescription[] {
    return [...this.tools.values()].map((tool) => ({
      name: tool.name,
      description: tool.description,
      inputSchema: schemaOf(tool),
      annotations: { readOnlyHint: true },
    }));
  }

  async call(name: string, given: unknown): Promise<Answer> {
    const tool = this.tools.get(name);
    return tool
      ? answerOf(tool, given, () => this.sources())
      : { answer: { error: `there is no tool '${name}'` }, cites: [], isError: true };
  }

  private async sources(): Promise<(path: string) => SourceFile | undefined> {
    const { program } = await openProgram({
      media: this.host.media(),
      wasm: this.host.parserWasm(),
      cache: this.cache,
    });
    return (path) => program && sourceOf(program, path);
  }
}

/** An answer as text, cut where it is too long: what was cut off is told. */
export function textOf({ answer, cites }: Answer): string {
  const text = JSON.stringify({ answer, cites });
  return text.length <= bounds.characters
    ? text
    : JSON.stringify({ cut: `the answer has ${text.length} characters: ask for less`, cites });
}
