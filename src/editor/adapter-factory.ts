/**
 * Makes the debug adapter for a debug session, inside the extension's own process (the only way a browser has).
 *
 * In: VS Code's request for an adapter. Out: our `SockscopeDebugSession` with the editor as its host, and word to
 * {@link LiveRuns} about every stop and movement that goes over the wire.
 */
import * as vscode from 'vscode';
import { resolveLanguage } from '../catalog/language';
import { customRequests, SockscopeDebugSession } from '../dap/sockscope-debug-session';
import { debugType, type LiveRuns } from './live-runs';
import type { Platform } from './platform';
import type { RunOpener } from './run-opener';
import { settings } from './settings';
import type { SourcePlaces } from './source-places';

/** Requests after which the machine moves. */
const movements = new Set([
  'continue',
  'next',
  'stepIn',
  'stepOut',
  'stepBack',
  'reverseContinue',
  'restart',
  ...Object.values(customRequests),
]);

export function registerDebugAdapter(
  opener: RunOpener,
  runs: LiveRuns,
  places: SourcePlaces,
  platform: Platform,
): vscode.Disposable {
  const adapters = vscode.debug.registerDebugAdapterDescriptorFactory(debugType, {
    createDebugAdapterDescriptor: (debugSession) => {
      const adapter = new SockscopeDebugSession({
        open: (launch, signal) => opener.open(launch, signal),
        breathe: () => platform.breathe(),
        toClientPath: (path) => places.toClientPath(path),
        fromClientPath: (path) => places.fromClientPath(path),
        language: (locale) => resolveLanguage(settings.languageChoice(), locale ?? vscode.env.language),
        opened: (session, launch) => runs.add(debugSession, session, launch),
        closed: () => runs.remove(debugSession),
      });
      return new vscode.DebugAdapterInlineImplementation(adapter);
    },
  });
  const trackers = vscode.debug.registerDebugAdapterTrackerFactory(debugType, {
    createDebugAdapterTracker: (debugSession) => ({
      onWillReceiveMessage: ({ type, command }: { type?: string; command?: string }) => {
        if (type === 'request' && command !== undefined && movements.has(command)) {
          runs.willMove(debugSession);
        }
      },
      onDidSendMessage: ({ type, event }: { type?: string; event?: string }) => {
        if (type === 'event' && (event === 'stopped' || event === 'invalidated')) {
          runs.didStop(debugSession);
        }
      },
    }),
  });
  return vscode.Disposable.from(adapters, trackers);
}
