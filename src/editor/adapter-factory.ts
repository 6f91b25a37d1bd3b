/**
 * Makes the debug adapter for a debug session, inside the extension's own process (the only way a browser has).
 *
 * In: VS Code's request for an adapter. Out: our `SockscopeDebugSession` with the editor as its host, and word to
 * {@link LiveRuns} about every stop and movement that goes over the wire.
 */
import * as vscode from 'vscode';
import { resolveLanguage } from '../catalog/language';
import { tracedMessage } from '../dap/message-trace';
import { customRequests, SockscopeDebugSession } from '../dap/sockscope-debug-session';
import { debugType, type LiveRuns } from './live-runs';
import { type Log } from './log';
import type { Platform } from './platform';
import type { RunOpener } from './run-opener';
import { settings } from './settings';
import type { SourcePlaces } from './source-places';
import { strings } from './strings';

/** Requests of the protocol after which the machine moves; those of ours do too. */
const movements: ReadonlySet<string> = new Set([
  'continue',
  'next',
  'stepIn',
  'stepOut',
  'stepBack',
  'reverseContinue',
  'restart',
]);
const moves = (command: string): boolean =>
  movements.has(command) || Object.values<string>(customRequests).includes(command);

export function registerDebugAdapter(
  opener: RunOpener,
  runs: LiveRuns,
  places: SourcePlaces,
  platform: Platform,
  log: Log,
): vscode.Disposable {
  const trace = (from: 'client' | 'adapter', message: object): void => {
    const line = tracedMessage(from, message, settings.trace());
    if (line !== undefined) {
      log.info(line);
    }
  };
  const adapters = vscode.debug.registerDebugAdapterDescriptorFactory(debugType, {
    createDebugAdapterDescriptor: (debugSession) => {
      const adapter = new SockscopeDebugSession({
        open: (launch, signal) => opener.open(launch, signal),
        breathe: () => platform.breathe(),
        briefStops: true,
        showsOpening: true,
        toClientPath: (path) => places.toClientPath(path),
        fromClientPath: (path) => places.fromClientPath(path),
        language: (locale) => resolveLanguage(settings.languageChoice(), locale ?? vscode.env.language),
        opened: (session, launch, history) => runs.add(debugSession, session, history, launch),
        closed: () => runs.remove(debugSession),
      });
      return new vscode.DebugAdapterInlineImplementation(adapter);
    },
  });
  const trackers = vscode.debug.registerDebugAdapterTrackerFactory(debugType, {
    createDebugAdapterTracker: (debugSession) => ({
      onWillReceiveMessage: (message: { type?: string; command?: string }) => {
        const { type, command } = message;
        trace('client', message);
        if (type === 'request' && command !== undefined && moves(command)) {
          runs.willMove(debugSession);
        }
      },
      onDidSendMessage: (message: { type?: string; event?: string; body?: unknown }) => {
        const { type, event } = message;
        trace('adapter', message);
        const stack = event === 'output' ? bugIn(message.body) : undefined;
        if (stack !== undefined) {
          log.error(strings.logBug(), stack);
        }
        if (type === 'event' && (event === 'stopped' || event === 'invalidated')) {
          runs.didStop(debugSession);
        }
      },
    }),
  });
  return vscode.Disposable.from(adapters, trackers);
}

/** The stack of an error of ours, which the adapter tells as telemetry. */
function bugIn(body: unknown): string | undefined {
  const { category, output } = (body ?? {}) as { readonly category?: unknown; readonly output?: unknown };
  return category === 'telemetry' && typeof output === 'string' ? output : undefined;
}
