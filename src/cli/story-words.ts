/**
 * The story that the words and options of a command name: that of a document, where it tells one, else the scenario's.
 *
 * In: a command line. Out: a story that has moments, and the scenario's name or path; undefined, and told, when there is
 * none.
 */
import { findScenario } from '../facade/scenarios';
import { documentStory, scenarioStory, type ReadStory } from '../facade/story';
import { sentence } from '../sentences/sentence';
import type { SourceFile } from '../source/source-file';
import type { Context } from './context';

export interface ToldStory extends ReadStory {
  /** The scenario, as a word of the command line. */
  readonly word: string;
}

export function storyOfWords(context: Context): ToldStory | undefined {
  const told = readOf(context);
  if (told && context.report(told.diagnostics)) {
    return undefined;
  }
  if (told && told.story.moments.length === 0) {
    context.fail(
      'SS5011',
      sentence('scenario-tells-no-story', { scenario: told.word }),
      sentence('begin-with-a-moment'),
    );
    return undefined;
  }
  return told;
}

/** The story as it is read, which may have no moments. */
export function readOf(context: Context): ToldStory | undefined {
  const { document } = context;
  if (document === 'failed') {
    return undefined;
  }
  const own = document && documentStory(document.document.file);
  const word = context.args.words[0] ?? own?.story.scenario?.name;
  if (word === undefined) {
    context.fail('SS9001', sentence('name-a-scenario'), sentence('a-document-names-it-so'));
    return undefined;
  }
  if (own && (own.story.moments.length > 0 || own.diagnostics.length > 0)) {
    return { ...own, word };
  }
  const file = scenarioFile(context, word);
  return file && { ...scenarioStory(file), word };
}

function scenarioFile(context: Context, word: string): SourceFile | undefined {
  const isFile = word.endsWith('.pkt') || word.includes('/');
  const opened = isFile ? context.io.openFile(word) : findScenario(context.io.media(), word);
  if ('code' in opened) {
    context.report([opened]);
    return undefined;
  }
  return opened;
}
