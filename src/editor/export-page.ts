/**
 * SockScope: Export This Run as a Page…: the run as one HTML file for a class.
 *
 * In: how the active run was started. Out: a file where the user says. The page is made of a run of its own from the
 * beginning, so that the one that is being debugged stays where it is.
 */
import * as vscode from 'vscode';
import { exportRun, pageLanguage } from '../facade/export-run';
import { momentsOn } from '../facade/story';
import type { Knowledge } from './knowledge';
import type { LiveRun, LiveRuns } from './live-runs';
import type { RunOpener } from './run-opener';
import { settings } from './settings';
import type { StoryGuide } from './story-guide';
import { strings } from './strings';

export interface ExportParts {
  readonly runs: LiveRuns;
  readonly opener: RunOpener;
  readonly story: StoryGuide;
  readonly knowledge: Knowledge;
  readonly breathe: () => Promise<void>;
}

export function registerExportPage(parts: ExportParts): vscode.Disposable {
  return vscode.commands.registerCommand('sockscope.exportPage', async () => {
    const run = parts.runs.active;
    if (!run) {
      void vscode.window.showInformationMessage(strings.noRun());
      return;
    }
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const name = `${(run.launch.scenario ?? run.launch.program ?? 'run').replace(/^.*[\\/]/, '').replace(/\.pkt$/, '')}.html`;
    const target = await vscode.window.showSaveDialog({
      filters: { HTML: ['html'] },
      ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, name) } : {}),
    });
    if (!target) {
      return;
    }
    try {
      const html = await vscode.window.withProgress(
        { location: vscode.ProgressLocation.Notification, title: strings.exporting(), cancellable: true },
        (_progress, token) => pageOf(run, parts, token),
      );
      if (html !== undefined) {
        await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(html));
        void vscode.window.showInformationMessage(strings.exported(vscode.workspace.asRelativePath(target)));
      }
    } catch (error) {
      void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
    }
  });
}

/** The page; undefined, and told unless the user ended it, when there is none. */
async function pageOf(
  { launch }: LiveRun,
  { opener, story, knowledge, breathe }: ExportParts,
  token: vscode.CancellationToken,
): Promise<string | undefined> {
  const [told, query, opened] = await Promise.all([
    story.storyOf(launch),
    knowledge.query(),
    opener.openQuietly(launch),
  ]);
  const { session, history } = opened;
  if (!session || !history) {
    void vscode.window.showWarningMessage(strings.notExported());
    return undefined;
  }
  try {
    const html = await exportRun({
      session,
      history,
      title: told.title,
      about: told.about,
      tree: launch.kernel,
      document: launch.document,
      moments: momentsOn(told.story, launch.kernel === undefined ? 'bundled' : 'linux'),
      query,
      language: pageLanguage(settings.language()),
      breathe: async () => {
        await breathe();
        return token.isCancellationRequested;
      },
    });
    if (html === undefined && !token.isCancellationRequested) {
      void vscode.window.showWarningMessage(strings.notExported());
    }
    return html;
  } finally {
    session.dispose();
  }
}
