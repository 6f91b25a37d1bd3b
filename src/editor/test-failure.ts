/**
 * Why a test failed, at the line of its script, with the statement of the kernel that came last.
 *
 * In: the verdict on a script, a way to run it once more. Out: a message with what was expected and what came, and as its
 * stack the kernel's frames at that moment (VS Code shows them from 1.93 on).
 */
import * as vscode from 'vscode';
import type { PlayedScript } from '../facade/check-script';
import type { SessionApi, StackFrame } from '../facade/session';
import { wordingIn } from '../sentences/wording';
import { settings } from './settings';
import type { SourcePlaces } from './source-places';
import { strings } from './strings';

export async function failureMessage(
  { result, line = 1 }: PlayedScript,
  uri: vscode.Uri,
  places: SourcePlaces,
  replay: () => Promise<SessionApi | undefined>,
): Promise<vscode.TestMessage> {
  const language = settings.language();
  const say = (told: typeof result.actual): string => wordingIn(told ?? '', language);
  const text =
    result.expected === undefined ? say(result.actual) : strings.testFailed(say(result.expected), say(result.actual));
  const message = new vscode.TestMessage(text);
  message.location = new vscode.Location(uri, new vscode.Position(Math.max(0, line - 1), 0));
  if (result.expected !== undefined) {
    message.expectedOutput = say(result.expected);
    message.actualOutput = say(result.actual);
  }
  const frames = result.refused ? [] : await framesAtFailure(replay);
  const stackTrace = frames.map(({ function: label, path = '', line: at }) => ({
    label,
    uri: places.uriOf(path),
    position: new vscode.Position(Math.max(0, at - 1), 0),
  }));
  return stackTrace.length > 0 ? Object.assign(message, { stackTrace }) : message;
}

/** The kernel's frames when the expectation was not met, or at the statement before when the call had returned. */
async function framesAtFailure(replay: () => Promise<SessionApi | undefined>): Promise<readonly StackFrame[]> {
  const session = await replay();
  if (!session) {
    return [];
  }
  const stop = await session.start();
  const at = stop.reason === 'end' || stop.reason === 'fault' ? stop : await session.run('continue');
  const inKernel = (): readonly StackFrame[] =>
    session.stack(Math.max(0, session.stop.thread)).filter(({ path }) => path !== undefined);
  let frames = inKernel();
  if (frames.length === 0 && at.clock > 0) {
    await session.travelTo(at.clock - 1);
    frames = inKernel();
  }
  session.dispose();
  return frames;
}
