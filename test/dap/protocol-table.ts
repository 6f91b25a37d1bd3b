/**
 * The table of docs/dap.md: every request, event and capability of the protocol, ours or why not.
 *
 * In: the declarations of @vscode/debugprotocol; the adapter's request table, events, capabilities and gaps. Out: Markdown.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { eventNames } from '../../src/dap/adapter-context';
import type { Field } from '../../src/dap/argument-shapes';
import { capabilities } from '../../src/dap/capabilities';
import { missingCapabilities, missingRequests } from '../../src/dap/protocol-gaps';
import { shapes } from '../../src/dap/request-table';

const folder = dirname(createRequire(import.meta.url).resolve('@vscode/debugprotocol/package.json'));
const declarations = readFileSync(join(folder, 'lib', 'debugProtocol.d.ts'), 'utf8');
const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };

const all = (pattern: RegExp): string[] => [...declarations.matchAll(pattern)].map(([, name]) => name ?? '');

/** Names in the protocol's own order. */
export const protocol = {
  requests: all(/^\t\t\/\/ command: '(\w+)';/gm),
  events: all(/^\t\t\/\/ event: '(\w+)';/gm),
  capabilities: [
    ...(/interface Capabilities \{([\s\S]*?)\n\t\}/.exec(declarations)?.[1] ?? '').matchAll(/^\t\t(\w+)\??:/gm),
  ].map(([, name]) => name ?? ''),
};

/** What is ours, by name. */
export const ours = {
  requests: Object.keys(shapes).filter((name) => !name.includes('/')),
  custom: Object.keys(shapes).filter((name) => name.includes('/')),
  events: Object.keys(eventNames),
  capabilities: Object.entries(capabilities('en'))
    .filter(([, value]) => value !== false)
    .map(([name]) => name),
};

/** What is said of those that are not as every debugger has them. */
const notes: Readonly<Record<string, string>> = {
  cancel: 'a launch or a question by its `requestId`; a run, a journey or a question by its `progressId`',
  goto: 'goes to the next or the last visit of the place in the run; history stays as it is',
  gotoTargets: 'the next and the last visit of a line',
  restartFrame: 'goes back to the first moment of the frame',
  stepInTargets: 'the calls of the statement, those through a pointer by what it leads to now',
  source: 'files of the program, documents too, for editors that do not have them',
  modules: 'the units of the kernel: C files with functions',
  locations: 'from a pointer to a function to its C; from a variable to its declaration',
  restart: 'takes new launch arguments in `arguments`; compiles what was edited',
  reverseContinue: 'to the last stop before, or the start of the scenario',
  setExceptionBreakpoints:
    '`fault`, `bug`, `use-after-free`, `expectation`; `errno` with names of errors as its condition (`EADDRINUSE`); `uninitialized` (locals, forwards only)',
  setDataBreakpoints: 'writes that change the bytes; a local as long as its call lasts',
  dataBreakpointInfo: 'variables, expressions, addresses (`asAddress`)',
  readMemory: 'the null page is refused',
  writeMemory: 'what C could write; `allowPartial` writes as far as that goes',
  evaluate: 'C; only `repl` may assign and call, and then a branch begins',
  exited: 'exit code 1 after a fault or an expectation that was not met',
  thread: 'processes of the scenario; going back makes one exit that was not there yet',
  continued: 'after custom requests that move the machine',
  breakpoint: 'after a restart, for those that are set otherwise',
  capabilities: 'the exception filters, when the launch chooses another language',
  module: 'after a restart, for units that are new or gone',
  loadedSource: 'after a restart, for files that are new or gone',
};

const customNotes: Readonly<Record<string, string>> = {
  'sockscope/stepBackInto': 'one statement back, into functions',
  'sockscope/stepBackOut': 'back to the call of the function',
  'sockscope/whoWrote':
    'the last change before this moment: `found` is `change`, `sinceEntry` or `none`, `row` its moment; a variable of a container, an expression, or `count` bytes at an address',
  'sockscope/nextChange': 'the next change, also in what has not run yet',
  'sockscope/changes':
    'all changes up to this moment, the last `limit` of them; `dropped` tells how many there were before',
  'sockscope/ask':
    'asks the whole run, as `sockscope ask` does: rows with `clock`, `text`, process, place and `values`',
  'sockscope/travelTo': 'to the moment after so many statements; the stop’s description tells the range',
  'sockscope/branches': 'the lines of time of the run, each with the changes that make it',
  'sockscope/branch': 'begins a branch at this moment; a change by hand does so by itself',
  'sockscope/switchBranch': 'goes to a branch, where it was left or at `clock`',
  'sockscope/undoBranch': 'goes back to where the present branch began',
  'sockscope/intervene':
    'begins a branch: `drop-packet` and `delay-packet` (`packet`: its number in the run), `fail-allocation` (`nth`, `cache`), `run-first` (`pid`)',
  'sockscope/compareBranches': 'the first statement, the packets and the results of calls that differ',
  'sockscope/setMoments':
    'gives the marks of an earlier run of the scenario back; a clock is the same moment of the same inputs',
  'sockscope/markMoment': 'names this moment',
  'sockscope/moments': 'the marks: name, clock and branch, for the client to keep',
  'sockscope/goToMoment': 'goes to a mark, or to a clock',
  'sockscope/happenings': 'packets, states, wake-ups, messages … so far, each with the clock of its statement',
  'sockscope/made': 'what the present statement makes, with all that it calls',
  'sockscope/origin': 'where the value of an expression came from: a tree of hops, each with its clock',
};

function rows(
  names: readonly string[],
  have: readonly string[],
  gaps: Readonly<Record<string, { en: string }>>,
): string[] {
  return names.map((name) => {
    const has = have.includes(name);
    return `| \`${name}\` | ${has ? 'yes' : 'no'} | ${(has ? notes[name] : gaps[name]?.en) ?? ''} |`;
  });
}

function shapeText(field: Field): string {
  if (typeof field === 'string') {
    return field;
  }
  return 'members' in field ? 'object' : `array of ${typeof field.each === 'string' ? field.each : 'objects'}`;
}

/** The whole page. */
export function page(): string {
  const table = (title: string, lines: readonly string[]): string[] => [
    `## ${title}`,
    '',
    '| name | ours | |',
    '|---|---|---|',
    ...lines,
    '',
  ];
  const custom = ours.custom.map((name) => {
    const shape = Object.entries(shapes[name as keyof typeof shapes]);
    const args = shape.map(([field, kind]) => `\`${field}\`: ${shapeText(kind)}`).join(', ');
    return `| \`${name}\` | ${args} | ${customNotes[name] ?? ''} |`;
  });
  return [
    '# The Debug Adapter Protocol, request by request',
    '',
    `What \`sockscope dap\` has of the protocol (${version}). Written by \`npm run goldens\` from the adapter’s own tables; a test compares them`,
    'with the protocol. How editors are set up stands in [other-editors.md](other-editors.md).',
    '',
    ...table('Requests', rows(protocol.requests, ours.requests, missingRequests)),
    ...table('Events', rows(protocol.events, ours.events, {})),
    ...table('Capabilities', rows(protocol.capabilities, ours.capabilities, missingCapabilities)),
    '## Requests of our own',
    '',
    'For plug-ins: sent as any other request. A `?` marks what may be left out. Those that move the machine answer at once; `continued` and',
    '`stopped` follow.',
    '',
    '| name | arguments | |',
    '|---|---|---|',
    ...custom,
    '',
  ].join('\n');
}
