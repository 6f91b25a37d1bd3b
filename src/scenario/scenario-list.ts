/**
 * The scenarios there are: every `.pkt` file of a folder with its title in both languages.
 *
 * In: paths and texts (the shipped `media/scenarios`, a workspace). Out: entries in order of name; a name nobody has
 * gives a diagnostic that proposes a near one.
 */
import { sentence } from '../sentences/sentence';
import type { Bilingual } from '../base/bilingual';
import type { Diagnostic } from '../source/diagnostic';
import { SourceFile } from '../source/source-file';
import { nearestName } from './constants';
import { parseScenario } from './pkt-parser';

export interface ScenarioEntry {
  /** File name without `.pkt`. */
  readonly name: string;
  readonly file: string;
  readonly title: Bilingual;
  readonly about: Bilingual;
  /** Functions it is meant to show. */
  readonly shows: readonly string[];
}

const FOLDER = 'media/scenarios/';
const SUFFIX = '.pkt';

/** Scenarios among files given by path (`media/scenarios/NAME.pkt`). */
export function listScenarios(media: Readonly<Record<string, string>>): ScenarioEntry[] {
  return Object.entries(media)
    .filter(([path]) => path.startsWith(FOLDER) && path.endsWith(SUFFIX))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, text]) => describeScenario(new SourceFile(path, text)));
}

/** The entry of one scenario file. A file without titles has its name as title. */
function describeScenario(file: SourceFile): ScenarioEntry {
  const name = file.path.slice(file.path.lastIndexOf('/') + 1).replace(/\.pkt$/, '');
  const { header } = parseScenario(file).scenario;
  return {
    name,
    file: file.path,
    title: { en: header.title.en || name, zh: header.title.zh || header.title.en || name },
    about: header.about,
    shows: header.shows,
  };
}

/** The shipped scenario of a name; else a diagnostic with the nearest one. */
export function findScenario(media: Readonly<Record<string, string>>, name: string): SourceFile | Diagnostic {
  const path = `${FOLDER}${name}${SUFFIX}`;
  const text = Object.hasOwn(media, path) ? media[path] : undefined;
  if (text !== undefined) {
    return new SourceFile(path, text);
  }
  const names = listScenarios(media).map((entry) => entry.name);
  const near = nearestName(name, names);
  return {
    code: 'SS5004',
    severity: 'error',
    message: sentence('there-is-no-scenario-named-name', { name }),
    remedy: near ? sentence('did-you-mean-the-name', { near }) : sentence('sockscope-list-shows-all-scenarios'),
  };
}
