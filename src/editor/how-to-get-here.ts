/**
 * "Show Me How To Get Here": finds a bundled scenario that executes the statement under the cursor, runs it, and stops
 * there.
 *
 * In: the cursor's place in kernel C. Out: a debug session standing on the statement, or a sentence why nothing gets
 * there. Scenarios that say they show the function are tried first. Each is run to its end without stops, and the
 * statements that it executed are looked at; the program is compiled once for all of them.
 */
import * as vscode from 'vscode';
import { placeAt } from '../facade/reach-place';
import { scenarioReaching } from '../facade/scenario-coverage';
import { scenarioConfiguration } from './debug-configurations';
import type { RunnableDocuments } from './documents';
import { debugType } from './live-runs';
import type { MediaFiles } from './media-files';
import type { RunOpener } from './run-opener';
import type { SourcePlaces } from './source-places';
import { strings } from './strings';

export function registerHowToGetHere(
  opener: RunOpener,
  media: MediaFiles,
  places: SourcePlaces,
  documents: RunnableDocuments,
  breathe: () => Promise<void>,
): vscode.Disposable {
  return vscode.commands.registerCommand('sockscope.howToGetHere', async () => {
    const editor = vscode.window.activeTextEditor;
    const own = documents.of(editor?.document)?.replacement;
    const program = editor && (await opener.compile({}, own)).program;
    const place =
      program &&
      placeAt(program, places.pathOf(editor.document.uri), editor.document.offsetAt(editor.selection.active));
    if (!editor || !place) {
      void vscode.window.showInformationMessage(strings.placeCursor());
      return;
    }
    const what = `${place.function}:${place.line}`;
    if (place.unreachable !== undefined) {
      void vscode.window.showInformationMessage(strings.unreachable(what, place.unreachable));
      return;
    }
    const options = { location: vscode.ProgressLocation.Notification, title: strings.searching(), cancellable: true };
    const texts = await media.texts();
    let cancelled = false;
    const found = await vscode.window.withProgress(options, (progress, cancel) =>
      scenarioReaching(texts, program, place, {
        breathe: async (name) => {
          progress.report({ message: name });
          await breathe();
          return (cancelled ||= cancel.isCancellationRequested);
        },
      }),
    );
    if (found !== undefined) {
      const { uri } = editor.document;
      await runTo(
        scenarioConfiguration(found, { stopOnEntry: false, ...(own ? { document: uri.toString() } : {}) }),
        new vscode.Location(uri, new vscode.Position(place.line - 1, 0)),
      );
    } else if (!cancelled) {
      void vscode.window.showInformationMessage(strings.notReached(what));
    }
  });
}

/** Debugs with a breakpoint on the place, which goes away at the first stop unless it was there before. */
async function runTo(configuration: vscode.DebugConfiguration, place: vscode.Location): Promise<void> {
  const isThere = vscode.debug.breakpoints.some(
    (each) =>
      each instanceof vscode.SourceBreakpoint &&
      each.enabled &&
      each.location.uri.toString() === place.uri.toString() &&
      each.location.range.start.line === place.range.start.line,
  );
  const breakpoint = new vscode.SourceBreakpoint(place);
  if (!isThere) {
    vscode.debug.addBreakpoints([breakpoint]);
    const tracker = vscode.debug.registerDebugAdapterTrackerFactory(debugType, {
      createDebugAdapterTracker: () => ({
        onDidSendMessage: ({ type, event }: { type?: string; event?: string }) => {
          if (type === 'event' && (event === 'stopped' || event === 'terminated')) {
            tracker.dispose();
            vscode.debug.removeBreakpoints([breakpoint]);
          }
        },
      }),
    });
  }
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  await vscode.debug.startDebugging(folder, configuration);
}
