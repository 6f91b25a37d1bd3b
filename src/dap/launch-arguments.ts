/**
 * The attributes of a `sockscope` launch configuration.
 *
 * In: the untyped `arguments` of DAP's `launch` request. Out: {@link LaunchArguments}, or the name of the first
 * attribute that has a value of the wrong kind. Unknown attributes are ignored, because clients add their own.
 */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { languageNames } from '../sentences/wording';
import type { Language } from './texts';

export interface LaunchArguments {
  /** Name of a bundled scenario, such as `tcp-socket`. */
  readonly scenario?: string;
  /** Path or URI of a `.pkt` script, instead of `scenario`. */
  readonly program?: string;
  /** Path or URI of a document whose functions take the place of the kernel's. */
  readonly document?: string;
  /** Folder of a Linux 2.4 source tree (path or URI); the bundled kernel by default. */
  readonly kernel?: string;
  /** Stop at the first statement the scenario runs; true by default when `stopAt` is absent. */
  readonly stopOnEntry?: boolean;
  /** Stop at the first statement of this function. */
  readonly stopAt?: string;
  /** Statements a single command may execute before the run counts as an endless loop. */
  readonly stepBudget?: number;
  readonly language?: Language;
  /** Run to the end without stopping. */
  readonly noDebug?: boolean;
}

type Kind = 'string' | 'boolean' | 'positive integer' | 'language';

const attributes: Readonly<Record<keyof LaunchArguments, Kind>> = {
  scenario: 'string',
  program: 'string',
  document: 'string',
  kernel: 'string',
  stopOnEntry: 'boolean',
  stopAt: 'string',
  stepBudget: 'positive integer',
  language: 'language',
  noDebug: 'boolean',
};

function hasKind(value: unknown, kind: Kind): boolean {
  switch (kind) {
    case 'string':
      return typeof value === 'string' && value !== '';
    case 'boolean':
      return typeof value === 'boolean';
    case 'positive integer':
      return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
    case 'language':
      return ['auto', 'both', ...languageNames].some((each) => each === value);
  }
}

/** Result of {@link readLaunchArguments}: the arguments, or what is wrong with them. */
export type LaunchArgumentsResult =
  | { readonly launch: LaunchArguments }
  | { readonly wrong: string; readonly expected: Kind }
  | { readonly missing: 'scenario' };

/** Checks and picks the known attributes. `language: "auto"` and empty values count as absent. */
export function readLaunchArguments(given: unknown): LaunchArgumentsResult {
  const source: Record<string, unknown> = typeof given === 'object' ? { ...given } : {};
  const picked: Record<string, unknown> = {};
  for (const [name, kind] of Object.entries(attributes)) {
    const value = source[name];
    if (value === undefined || value === null || value === '' || (kind === 'language' && value === 'auto')) {
      continue;
    }
    if (!hasKind(value, kind)) {
      return { wrong: name, expected: kind };
    }
    picked[name] = value;
  }
  const launch = picked as LaunchArguments;
  return launch.scenario || launch.program ? { launch } : { missing: 'scenario' };
}

/** What runs, as the `process` event tells it. */
export function processOf({ program, scenario = '' }: LaunchArguments): DebugProtocol.ProcessEvent['body'] {
  return { name: program ?? scenario, startMethod: 'launch', isLocalProcess: true, pointerSize: 32 };
}
