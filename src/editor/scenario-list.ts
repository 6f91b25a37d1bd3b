/**
 * The bundled scenarios, parsed once: names, titles, and the functions each is meant to show.
 *
 * In: texts of `media/scenarios`. Out: a list in order of name; the parser never fails, so a scenario with problems is
 * listed too and says so when it is run.
 */
import { listScenarios, showingBest, type ScenarioEntry } from '../facade/scenarios';
import type { MediaFiles } from './media-files';

export class ScenarioList {
  private listPromise: Promise<readonly ScenarioEntry[]> | undefined;

  constructor(private readonly media: MediaFiles) {}

  all(): Promise<readonly ScenarioEntry[]> {
    this.listPromise ??= this.media.texts().then(listScenarios);
    return this.listPromise;
  }

  /** The few to begin with, the easiest first. */
  async recommended(): Promise<readonly ScenarioEntry[]> {
    return (await this.all())
      .filter((each) => each.recommended)
      .sort((a, b) => a.level - b.level || a.minutes - b.minutes);
  }

  async find(name: string): Promise<ScenarioEntry | undefined> {
    return (await this.all()).find((each) => each.name === name);
  }

  /** Scenarios that are meant to show a function, the best one first. */
  async showing(functionName: string): Promise<readonly ScenarioEntry[]> {
    return showingBest(await this.all(), functionName);
  }
}
