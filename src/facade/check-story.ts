/**
 * Stories put to the test: each moment comes, in order, what is in focus has a value there, both languages are there.
 *
 * In: a script, or all shipped scenarios; the kernel to play them on. Out: what is wrong, with its place.
 */
import { hasErrors, type Diagnostic } from '../source/diagnostic';
import { SourceFile } from '../source/source-file';
import { listScenarios } from '../scenario/scenario-list';
import { openSession, type OpenOptions } from './open-session';
import { momentsOn, playStory, scenarioStory } from './story';

export interface StoryChecked {
  readonly scenario: string;
  /** Moments that are told on this kernel. */
  readonly moments: number;
  readonly problems: readonly Diagnostic[];
}

/** Checks the story of one script; nothing is wrong with one that tells none. */
export async function checkStory(file: SourceFile, options: OpenOptions): Promise<StoryChecked> {
  const { story, diagnostics } = scenarioStory(file);
  const moments = momentsOn(story, options.kernel ? 'linux' : 'bundled');
  const checked = { scenario: file.path, moments: moments.length, problems: diagnostics };
  if (moments.length === 0 || hasErrors(diagnostics)) {
    return checked;
  }
  const { session, history } = await openSession({ ...options, script: { path: file.path, text: file.text } });
  if (!session || !history) {
    return checked; // what keeps it from being played is told where it is played
  }
  const problems: Diagnostic[] = [];
  try {
    for await (const found of playStory(history, moments, { scenario: file.path })) {
      problems.push(...found.problems);
    }
  } finally {
    session.dispose();
  }
  return { ...checked, problems };
}

/** Checks the stories of all shipped scenarios, one after the other. */
export async function* checkStories(options: OpenOptions): AsyncGenerator<StoryChecked> {
  for (const { name, file } of listScenarios(options.media)) {
    const text = options.media[file];
    if (text !== undefined) {
      yield { ...(await checkStory(new SourceFile(file, text), options)), scenario: name };
    }
  }
}
