/**
 * The bundled scenarios, parsed once: names, titles, and the functions each is meant to show.
 *
 * In: texts of `media/scenarios`. Out: a list sorted by name; the parser never fails, so a scenario with problems is listed
 * too and says so when it is run.
 */
import { parseScenario } from '../scenario/pkt-parser';
import type { Bilingual } from '../catalog/language';
import { SourceFile } from '../source/source-file';
import type { MediaFiles } from './media-files';

export interface ListedScenario {
  /** File name without `.pkt`: what launch configurations and the command line call it. */
  readonly name: string;
  /** Key in dist/media.json. */
  readonly path: string;
  readonly title: Bilingual;
  readonly about: Bilingual;
  readonly shows: readonly string[];
}

const folder = 'media/scenarios/';

export class ScenarioList {
  private listPromise: Promise<readonly ListedScenario[]> | undefined;

  constructor(private readonly media: MediaFiles) {}

  all(): Promise<readonly ListedScenario[]> {
    this.listPromise ??= this.read();
    return this.listPromise;
  }

  async find(name: string): Promise<ListedScenario | undefined> {
    return (await this.all()).find((each) => each.name === name);
  }

  /** Scenarios that are meant to show a function. */
  async showing(functionName: string): Promise<readonly ListedScenario[]> {
    return (await this.all()).filter(({ shows }) => shows.includes(functionName));
  }

  private async read(): Promise<readonly ListedScenario[]> {
    const texts = await this.media.texts();
    const paths = Object.keys(texts).filter((path) => path.startsWith(folder) && path.endsWith('.pkt'));
    return paths.sort().map((path) => {
      const { header } = parseScenario(new SourceFile(path, texts[path] ?? '')).scenario;
      const name = path.slice(folder.length, -'.pkt'.length);
      return { name, path, title: header.title, about: header.about, shows: header.shows };
    });
  }
}
