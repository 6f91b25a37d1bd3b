/**
 * Leads through the story of the active run: next and previous moment.
 *
 * In: the run's scenario or document, its history. Out: where the run stands in the story ({@link StoryModel}), and travel
 * requests to the debug adapter. A moment is looked for when somebody goes there, behind the one before it, on a copy of
 * the run; what was found is kept as long as the run is on the same branch.
 */
import * as vscode from 'vscode';
import { customRequests } from '../dap/sockscope-debug-session';
import type { LaunchArguments } from '../dap/launch-arguments';
import { findScenario, scenarioTexts } from '../facade/scenarios';
import {
  documentStory,
  findMoment,
  momentsOn,
  scenarioStory,
  type MomentFound,
  type ReadStory,
  type StoryMoment,
} from '../facade/story';
import type { StoryModel } from '../protocol/story';
import { bilingual } from '../sentences/wording';
import { SourceFile } from '../source/source-file';
import type { LiveRun, LiveRuns } from './live-runs';
import type { MediaFiles } from './media-files';
import type { SourcePlaces } from './source-places';
import { strings } from './strings';

interface Told {
  readonly run: LiveRun;
  readonly moments: readonly StoryMoment[];
  readonly problem: StoryModel['problem'];
  /** Moments that were looked for, in order. */
  found: MomentFound[];
  branch: string;
  /** The clock to which the run was led last. */
  led: number | undefined;
}

export class StoryGuide implements vscode.Disposable {
  private told: Told | undefined;
  private loading: LiveRun | undefined;
  private isBusy = false;
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscriptions: vscode.Disposable[];

  /** The story of a run has been read, or a search has ended. */
  readonly onChange = this.changed.event;

  constructor(
    private readonly runs: LiveRuns,
    private readonly media: MediaFiles,
    private readonly places: SourcePlaces,
  ) {
    this.subscriptions = [
      this.changed,
      vscode.commands.registerCommand('sockscope.nextMoment', () => this.move(1)),
      vscode.commands.registerCommand('sockscope.previousMoment', () => this.move(-1)),
    ];
  }

  /** Where a run stands in its story; undefined until that is known. */
  model(run: LiveRun): StoryModel | undefined {
    const told = this.of(run);
    if (!told) {
      return undefined;
    }
    const { clock } = run.session.stop;
    const reached = told.found.filter(({ row }) => row && row.clock <= clock);
    const last = reached.at(-1);
    const number = last ? told.found.indexOf(last) + 1 : 0;
    const next = told.moments[number];
    const failed = told.found[number];
    const problem = failed && !failed.row ? failed.problems[0]?.message : undefined;
    const isThere = last?.row?.clock === clock;
    return {
      count: told.moments.length,
      number,
      isThere,
      ...(last ? momentModel(last, next) : {}),
      ...(isThere && told.led === clock ? { view: last.moment.view } : {}),
      ...(problem === undefined ? {} : { problem: bilingual(problem) }),
      ...(told.problem ? { problem: told.problem } : {}),
    };
  }

  /** Goes to the next moment, or back to the one before the present. */
  async move(by: number): Promise<void> {
    const run = this.runs.active;
    const told = run && (this.of(run) ?? (await this.load(run)));
    if (!run || !told || told.moments.length === 0) {
      void vscode.window.showInformationMessage(run ? strings.noStory() : strings.noRun());
      return;
    }
    if (this.isBusy) {
      return;
    }
    this.isBusy = true;
    try {
      const { clock } = run.session.stop;
      const goal =
        by > 0 ? await this.next(told, clock) : told.found.filter(({ row }) => row && row.clock < clock).at(-1);
      if (goal?.row) {
        told.led = goal.row.clock;
        await run.request(customRequests.travelTo, { clock: goal.row.clock });
      } else if (by > 0 && told.found.length < told.moments.length) {
        void vscode.window.showInformationMessage(strings.momentNeverComes());
      } else {
        void vscode.window.showInformationMessage(by > 0 ? strings.storyIsOver() : strings.storyBegins());
      }
    } catch (error) {
      void vscode.window.showWarningMessage(error instanceof Error ? error.message : String(error));
    } finally {
      this.isBusy = false;
      this.changed.fire();
    }
  }

  dispose(): void {
    this.subscriptions.forEach((each) => void each.dispose());
  }

  /** The first moment behind a clock; looked for when it is not known yet. */
  private async next(told: Told, clock: number): Promise<MomentFound | undefined> {
    const known = told.found.find(({ row }) => row && row.clock > clock);
    if (known) {
      return known;
    }
    while (told.found.length < told.moments.length) {
      const found = await this.look(told);
      if (!found || found.problems.some(({ severity }) => severity === 'error' && !found.row)) {
        return undefined;
      }
      if (found.row && found.row.clock > clock) {
        return found;
      }
    }
    return undefined;
  }

  /** Looks for the first moment that was not looked for; undefined when somebody ended that. */
  private async look(told: Told): Promise<MomentFound | undefined> {
    const { history } = told.run;
    const moment = told.moments[told.found.length];
    if (!history || !moment) {
      return undefined;
    }
    const after = told.found.filter(({ row }) => row).at(-1)?.row?.clock ?? -1;
    const found = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: strings.lookingForMoment(), cancellable: true },
      async (progress, token) =>
        findMoment(history, moment, after, {
          breathe: (clock) => {
            progress.report({ message: strings.step(clock) });
            return Promise.resolve(token.isCancellationRequested);
          },
        }),
    );
    if (found.row !== undefined || found.isFinal) {
      told.found.push(found);
    }
    return found;
  }

  /** What is known of a run's story; reads it when nothing is. */
  private of(run: LiveRun): Told | undefined {
    if (this.told?.run !== run) {
      void this.load(run);
      return undefined;
    }
    const branch = branchOf(run);
    if (this.told.branch !== branch) {
      this.told = { ...this.told, found: [], branch };
    }
    return this.told;
  }

  private async load(run: LiveRun): Promise<Told | undefined> {
    if (this.loading === run) {
      return undefined;
    }
    this.loading = run;
    const { story, diagnostics } = await this.storyOf(run.launch).catch((): ReadStory => ({
      story: { moments: [] },
      diagnostics: [],
    }));
    const [wrong] = diagnostics;
    this.told = {
      run,
      moments: momentsOn(story, run.launch.kernel === undefined ? 'bundled' : 'linux'),
      problem: wrong && bilingual(wrong.message),
      found: [],
      branch: branchOf(run),
      led: undefined,
    };
    this.loading = undefined;
    this.changed.fire();
    return this.told;
  }

  /** The story of a run and what its scenario says about itself: the document's story, where it tells one. */
  async storyOf(launch: LaunchArguments): Promise<ReadStory & ReturnType<typeof scenarioTexts>> {
    const name = launch.scenario ?? (launch.program ?? '').replace(/^.*[\\/]/, '');
    const found =
      launch.program === undefined ? findScenario(await this.media.texts(), name) : await this.open(launch.program);
    const file = 'code' in found ? new SourceFile(name, '') : found;
    const texts = scenarioTexts(file, name);
    if (launch.document !== undefined) {
      const own = documentStory(await this.open(launch.document));
      if (own.story.moments.length > 0 || own.diagnostics.length > 0) {
        return { ...own, ...texts };
      }
    }
    return { ...scenarioStory(file), ...texts };
  }

  private async open(clientPath: string): Promise<SourceFile> {
    const path = this.places.fromClientPath(clientPath);
    const document = await vscode.workspace.openTextDocument(this.places.uriOf(path));
    return new SourceFile(path, document.getText());
  }
}

function branchOf({ session }: LiveRun): string {
  return session.branches.list().find(({ isCurrent }) => isCurrent)?.name ?? '';
}

function momentModel({ moment, row }: MomentFound, next: StoryMoment | undefined): Partial<StoryModel> {
  const { text, predict } = moment;
  return {
    text,
    focus: (row?.values ?? []).flatMap(({ expression, value }) => (value === undefined ? [] : [{ expression, value }])),
    ...(predict ? { predict } : {}),
    ...(predict && next ? { answer: next.text } : {}),
  };
}
