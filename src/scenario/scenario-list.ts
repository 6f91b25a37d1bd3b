/**
 * The scenarios there are: every `.pkt` file of a folder with its title in both languages.
 *
 * In: paths and texts (the shipped `media/scenarios`, a workspace). Out: entries in order of name, each with its theme,
 * which `themes.json` beside them has, and how much there is to read; a name nobody has gives a diagnostic that proposes a
 * near one.
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
  /** What it is about; undefined for a script of nobody's list. */
  readonly theme: Theme | undefined;
  /** Its place in the order in which its theme is best read, from 0 on. */
  readonly place: number;
  /** One of the few to begin with. */
  readonly recommended: boolean;
  /** 1 for beginners, 2, 3 for what seldom happens. */
  readonly level: 1 | 2 | 3;
  /** About how long one steps through it. */
  readonly minutes: number;
}

export const themes = [
  'first-steps',
  'opening',
  'connecting',
  'listening',
  'accepting',
  'transfer',
  'closing',
  'loss',
  'errors',
  'raw',
  'udp',
  'limits',
] as const;
export type Theme = (typeof themes)[number];

/** What happens seldom, or what beginners need not know. */
const advanced: ReadonlySet<Theme | undefined> = new Set<Theme>(['loss', 'errors', 'raw', 'limits']);
/** Calls and packets that one looks at in a minute. */
const eventsPerMinute = 2;

interface ThemeTable {
  readonly recommended: readonly string[];
  readonly themes: Readonly<Partial<Record<Theme, readonly string[]>>>;
}

function themeTable(media: Readonly<Record<string, string>>): ThemeTable {
  return JSON.parse(media[`${FOLDER}themes.json`] ?? '{"recommended":[],"themes":{}}') as ThemeTable;
}

const FOLDER = 'media/scenarios/';
const SUFFIX = '.pkt';

/** Scenarios among files given by path (`media/scenarios/NAME.pkt`). */
export function listScenarios(media: Readonly<Record<string, string>>): ScenarioEntry[] {
  const table = themeTable(media);
  return Object.entries(media)
    .filter(([path]) => path.startsWith(FOLDER) && path.endsWith(SUFFIX))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, text]) => describeScenario(new SourceFile(path, text), table));
}

/**
 * Those that are meant to show a function, the one that shows it best first: one of the few to begin with, then those
 * that name it early and name little else.
 */
export function showingBest(scenarios: readonly ScenarioEntry[], functionName: string): readonly ScenarioEntry[] {
  const rank = ({ shows, recommended, level }: ScenarioEntry): number =>
    (recommended ? 0 : 100) + 10 * level + shows.indexOf(functionName) + shows.length / 100;
  return scenarios.filter(({ shows }) => shows.includes(functionName)).sort((a, b) => rank(a) - rank(b));
}

/** The entry of one scenario file. A file without titles has its name as title. */
function describeScenario(file: SourceFile, table: ThemeTable): ScenarioEntry {
  const name = file.path.slice(file.path.lastIndexOf('/') + 1).replace(/\.pkt$/, '');
  const { header, events } = parseScenario(file).scenario;
  const theme = themes.find((each) => table.themes[each]?.includes(name));
  const recommended = table.recommended.includes(name);
  return {
    name,
    file: file.path,
    title: { en: header.title.en || name, zh: header.title.zh || header.title.en || name },
    about: header.about,
    shows: header.shows,
    theme,
    place: (theme && table.themes[theme]?.indexOf(name)) ?? 0,
    recommended,
    level: theme === 'first-steps' || recommended ? 1 : advanced.has(theme) ? 3 : 2,
    minutes: Math.max(1, Math.round(events.length / eventsPerMinute)),
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

/** Scenarios by theme, in the order in which a theme is best read; those of none come last. No group is empty. */
export function scenariosByTheme(
  scenarios: readonly ScenarioEntry[],
): readonly { readonly theme: Theme | undefined; readonly entries: readonly ScenarioEntry[] }[] {
  return [...themes, undefined]
    .map((theme) => ({
      theme,
      entries: scenarios.filter((each) => each.theme === theme).sort((a, b) => a.place - b.place),
    }))
    .filter(({ entries }) => entries.length > 0);
}
