/**
 * Every sentence of the editor's part that is not in package.json, in VS Code's display language.
 *
 * In: parameters. Out: text through `vscode.l10n`, whose Chinese bundle is l10n/bundle.l10n.zh-cn.json (a test compares
 * the two). Notes and debugger texts follow `sockscope.language` instead and come from elsewhere.
 */
import { l10n } from 'vscode';

export const strings = {
  pickScenario: () => l10n.t('Choose a scenario; the kernel stops at its first statement'),
  pickKernelFile: () => l10n.t('Choose a file of the bundled kernel'),
  pickLanguage: () => l10n.t('Language of notes, hovers and debugger texts'),
  languageAuto: () => l10n.t('Same as the editor'),
  languageBoth: () => l10n.t('Both, one under the other'),
  noScenarios: () => l10n.t('No scenarios are bundled with this build.'),
  unknownScenario: (name: string) => l10n.t('There is no scenario "{0}". “SockScope: Run Scenario…” lists them.', name),
  noScript: () => l10n.t('Open a packetdrill script (.pkt) first.'),
  runScenarioLens: (name: string) => l10n.t('Run {0}', name),
  moreScenariosLens: (n: number) => l10n.t('{0} more…', n),
  debugScriptLens: () => l10n.t('Debug'),
  runScriptLens: () => l10n.t('Run'),
  runIsOver: () => l10n.t('run is over'),
  step: (clock: number) => l10n.t('step {0}', clock),
  pastStep: (clock: number, frontier: number) => l10n.t('past, step {0} of {1}', clock, frontier),
  statusTooltip: () => l10n.t('Process in the kernel, virtual time, step. Click to travel to another step.'),
  travelPrompt: (oldest: number, frontier: number) => l10n.t('Step to travel to, from {0} to {1}', oldest, frontier),
  travelInvalid: (oldest: number) => l10n.t('A whole number from {0} on', oldest),
  noRun: () => l10n.t('Start a scenario first.'),
  searching: () => l10n.t('Looking for a scenario that gets here…'),
  placeCursor: () => l10n.t('Place the cursor on a statement of a kernel function.'),
  notReached: (what: string) => l10n.t('No bundled scenario gets to {0}.', what),
  unreachable: (what: string, why: string) => l10n.t('Nothing can get to {0}: {1}', what, why),
  copied: (n: number) =>
    l10n.t('Copied {0} files. Runs of this workspace now use the copy (setting sockscope.kernel).', n),
  needFolder: () => l10n.t('Open a folder first.'),
  existsAlready: (folder: string) => l10n.t('{0} exists already. Delete or rename it first.', folder),
  documentUnreadable: (path: string) => l10n.t('The document {0} cannot be read.', path),
  runDocument: () => l10n.t('Run This Document'),
  runDocumentTooltip: (functions: number) =>
    l10n.t('{0} functions of this text can run in place of the kernel’s. Click to step in the document.', functions),
  noDocument: () => l10n.t('No function in this text can run. Problems says why.'),
  compareFunction: () => l10n.t('Compare With the Kernel’s Function'),
  compareTitle: (name: string, path: string, document: string) => l10n.t('{0}: {1} ↔ {2}', name, path, document),
  pickToCompare: () => l10n.t('Which function of the document is compared with the kernel’s?'),
  nothingToCompare: () => l10n.t('There is no function of a kernel in this text.'),
  notInKernel: (name: string) => l10n.t('The kernel in use has no C for {0}: there is nothing to compare with.', name),
  pickFunctions: () => l10n.t('Functions for the new document (type to search, Space or click to choose several)'),
  documentName: () => l10n.t('File name of the new document, in the folder of the workspace'),
  documentExists: (name: string) => l10n.t('{0} exists already: choose another name', name),
  notAFileName: () => l10n.t('Name a file that ends in .md, without slashes'),
  documentChanged: (name: string) =>
    l10n.t('{0} has changed. The run goes on with the text it was started with.', name),
  runAgain: () => l10n.t('Run Again'),
  mendOne: (sign: string) => l10n.t('Write {0}', sign),
  mendAll: (n: number) => l10n.t('Mend all {0} places in code', n),
  scriptUnreadable: (path: string) => l10n.t('The script {0} cannot be read.', path),
  kernelUnreadable: (folder: string) => l10n.t('The folder {0} of sockscope.kernel cannot be read.', folder),
  opening: () => l10n.t('SockScope: preparing the kernel'),
  linking: () => l10n.t('linking'),
  reading: (files: number) => l10n.t('reading, {0} files', files),
  offerTree: () => l10n.t('This folder is a Linux source tree. Shall SockScope run it instead of its bundled kernel?'),
  useIt: () => l10n.t('Use It'),
  notNow: () => l10n.t('No'),
  thisFolder: () => l10n.t('This folder'),
  otherFolder: () => l10n.t('Another folder…'),
  bundledKernel: () => l10n.t('The bundled kernel'),
  pickTree: () => l10n.t('Choose the kernel to run: a Linux 2.4 source tree, or the bundled one'),
  noTree: () => l10n.t('The bundled kernel is in use. Choose a Linux tree to check it.'),
  chooseTree: () => l10n.t('Choose Tree…'),
  functionCounts: (compiled: number, service: number, missing: number, refused: number) =>
    l10n.t('{0} compiled, {1} services, {2} missing, {3} refused', compiled, service, missing, refused),
  problemsFound: (n: number) => l10n.t('The run could not be prepared: {0} problem(s), listed under Problems.', n),
  showProblems: () => l10n.t('Show Problems'),
} as const;
