/**
 * The command line: reads the arguments, finds the command, runs it. In: words and the host's doors. Out: the exit
 * status; data on stdout, everything else on stderr as `file:line:column: severity: message [code]`.
 */
import type { Bilingual } from '../base/bilingual';
import { languageSettings, resolveLanguage, type LanguageSetting } from '../catalog/language';
import { oneLine, type Language } from '../catalog/language';
import { ProgramCache } from '../facade/open-session';
import { readArguments, type OptionSpec, type UsageError } from './arguments';
import type { CliIo } from './cli-io';
import type { Command } from './command';
import { askCommand } from './commands/ask';
import { annotationsCommand } from './commands/annotations';
import { ccCommand } from './commands/cc';
import { checkCommand } from './commands/check';
import { compareCommand } from './commands/compare';
import { coverageCommand } from './commands/coverage';
import { doctorCommand } from './commands/doctor';
import { documentCommand } from './commands/document';
import { explainCommand } from './commands/explain';
import { exportCommand } from './commands/export';
import { functionsCommand } from './commands/functions';
import { graphCommand } from './commands/graph';
import { layoutCommand } from './commands/layout';
import { listCommand } from './commands/list';
import { originCommand } from './commands/origin';
import { packetsCommand } from './commands/packets';
import { queuesCommand } from './commands/queues';
import { reachCommand } from './commands/reach';
import { referencesCommand } from './commands/references';
import { runCommand } from './commands/run';
import { symbolsCommand } from './commands/symbols';
import { storyCommand } from './commands/story';
import { statesCommand } from './commands/states';
import { timelineCommand } from './commands/timeline';
import { whoCommand } from './commands/who';
import { Context, type ExitStatus } from './context';
import { suggestion } from './suggestion';

export const commands: readonly Command[] = [
  listCommand,
  runCommand,
  checkCommand,
  whoCommand,
  askCommand,
  originCommand,
  compareCommand,
  explainCommand,
  referencesCommand,
  symbolsCommand,
  reachCommand,
  packetsCommand,
  queuesCommand,
  storyCommand,
  statesCommand,
  exportCommand,
  graphCommand,
  timelineCommand,
  coverageCommand,
  layoutCommand,
  functionsCommand,
  annotationsCommand,
  ccCommand,
  doctorCommand,
  documentCommand,
];

const commonOptions: readonly OptionSpec[] = [
  { name: 'kernel', value: 'DIR' },
  { name: 'cache', value: 'DIR' },
  { name: 'no-cache' },
  { name: 'lang', value: 'LANGUAGE', choices: languageSettings },
  { name: 'json' },
  { name: 'help', letter: 'h' },
  { name: 'version' },
];

/**
 * Runs one command line, without the name of the program; `cache` keeps compiled kernels between several; on disk they
 * are kept in the user's cache folder or in that of `--cache DIR`, unless `--no-cache` is given. `dap` and `mcp` are the host's: they need the process's own streams.
 */
export async function runCli(words: readonly string[], io: CliIo, cache = new ProgramCache()): Promise<ExitStatus> {
  const [name, ...rest] = words;
  if (name === 'help' && rest.length <= 1) {
    const [about] = rest;
    // What is no command is told like a command line that begins with it.
    const isWord = about !== undefined && !about.startsWith('-') && !commandNamed(about);
    return runCli(isWord ? [about] : [...rest, '--help'], io, cache);
  }
  const command = name === undefined ? undefined : commandNamed(name);
  const specs = [...commonOptions, ...(command?.options ?? [])];
  const { arguments: args, error } = readArguments(command ? rest : words, specs);
  const chosen = (error?.option === '--lang' ? 'auto' : (args.value('lang') ?? 'auto')) as LanguageSetting;
  const store = args.flag('no-cache') ? undefined : io.imageStore?.(args.value('cache'));
  const kept = store ? new ProgramCache(store) : cache;
  const context = new Context(io, args, kept, resolveLanguage(chosen, io.locale));
  if (!error && (args.flag('version') || args.flag('help'))) {
    context.line(args.flag('version') ? io.version : usage(context.language, command));
    return 0;
  }
  if (error) {
    return usageError(context, describe(error), command, optionNear(error, specs));
  }
  const wrong = command ? countProblem(args.words, command) : commandProblem(name);
  if (!command || wrong) {
    return usageError(context, wrong?.message ?? MISSING_COMMAND, command, wrong?.remedy);
  }
  const status = await command.run(context);
  context.tellProfile();
  context.report(store?.problems?.() ?? []);
  return status;
}

const MISSING_COMMAND: Bilingual = { en: 'a command is missing', zh: '缺少命令' };

interface UsageProblem {
  readonly message: Bilingual;
  readonly remedy?: Bilingual | undefined;
}

/** A first word that is no command. */
function commandProblem(name: string | undefined): UsageProblem | undefined {
  return name === undefined || name.startsWith('-')
    ? undefined
    : {
        message: { en: `there is no command '${name}'`, zh: `没有命令“${name}”` },
        remedy: suggestion(name, [...commands.map((each) => each.name), 'help', 'dap', 'mcp']),
      };
}

/** Too few or too many words for a command. */
function countProblem(words: readonly string[], { words: [least, most] }: Command): UsageProblem | undefined {
  if (words.length < least) {
    return { message: { en: 'an argument is missing', zh: '缺少参数' } };
  }
  return words.length > most
    ? { message: { en: `too many arguments: '${words[most]}'`, zh: `参数太多：“${words[most]}”` } }
    : undefined;
}

function commandNamed(name: string): Command | undefined {
  return commands.find((each) => each.name === name);
}

function usageError(context: Context, message: Bilingual, command?: Command, remedy?: Bilingual): 2 {
  context.fail('SS9001', message, remedy);
  context.errorLine(usage(context.language, command));
  return 2;
}

function optionNear(error: UsageError, specs: readonly OptionSpec[]): Bilingual | undefined {
  return error.kind === 'unknown-option' && error.option.length > 2
    ? suggestion(
        error.option,
        specs.map((each) => `--${each.name}`),
      )
    : undefined;
}

function describe(error: UsageError): Bilingual {
  switch (error.kind) {
    case 'unknown-option':
      return { en: `unknown option ${error.option}`, zh: `不认识的选项 ${error.option}` };
    case 'missing-value':
      return { en: `${error.option} needs a value`, zh: `${error.option} 需要一个值` };
    case 'unexpected-value':
      return { en: `${error.option} takes no value`, zh: `${error.option} 不带值` };
    case 'bad-choice':
      return {
        en: `${error.option} cannot be '${error.value}': use ${error.choices.join(', ')}`,
        zh: `${error.option} 不能是“${error.value}”，可用：${error.choices.join('、')}`,
      };
    case 'bad-form':
      return {
        en: `${error.option} takes ${error.shown.en}, not '${error.value}'`,
        zh: `${error.option} 要${error.shown.zh}，不能是“${error.value}”`,
      };
    case 'repeated':
      return { en: `${error.option} is given twice`, zh: `${error.option} 给了两次` };
  }
}

function usage(language: Language, command?: Command): string {
  const say = (text: Bilingual): string => oneLine(text, language);
  const heading = say({ en: 'Usage', zh: '用法' });
  const common = `[--lang ${languageSettings.join('|')}] [--kernel DIR] [--cache DIR] [--no-cache] [--json]`;
  if (command) {
    const details = (command.details ?? []).map((each) => `\n  ${say(each)}`);
    return `${heading}: sockscope ${command.usage} ${common}\n  ${say(command.summary)}${details.join('')}`;
  }
  const shown = [
    ...commands.map(({ usage: words, summary }) => [words.replace(/ \[.*/, ''), say(summary)] as const),
    ['help [COMMAND]', say({ en: 'this list, or the usage of a command', zh: '本列表，或某个命令的用法' })] as const,
    ['dap', say({ en: 'debug adapter on standard input and output', zh: '标准输入输出上的调试适配器' })] as const,
    [
      'mcp',
      say({
        en: 'tools for agents (Model Context Protocol) on standard input and output',
        zh: '供智能体使用的工具（Model Context Protocol），走标准输入输出',
      }),
    ] as const,
  ];
  const width = Math.max(...shown.map(([words]) => words.length));
  return [
    `${heading}: sockscope COMMAND … ${common}`,
    ...shown.map(([words, summary]) => `  ${words.padEnd(width)}  ${summary}`),
  ].join('\n');
}
