/**
 * `sockscope reach FUNCTION[:LABEL|:LINE]`: a scenario that gets there. Out: its name; as JSON `{function, label?, line, file,
 * scenario}`. Scenarios that say they show the function are tried first. Exit status 1 when nothing gets there.
 */
import type { DebugFunction, DebugInfo } from '../../ir/debug-info';
import type { Command } from '../command';
import { coverScenarios } from '../scenario-coverage';

export const reachCommand: Command = {
  name: 'reach',
  usage: 'reach FUNCTION[:LABEL|:LINE]',
  summary: { en: 'a scenario that gets to a function, label or line', zh: '找一个能走到某函数、标号或行的场景' },
  words: [1, 1],
  async run(context) {
    const word = context.args.words[0]!;
    const { program, ok } = await context.compiled();
    if (!program || !ok) {
      return 2;
    }
    const { debug } = program.image;
    const target = findTarget(word, debug);
    if (!target) {
      return context.fail('SS4003', { en: `there is no place '${word}' in the compiled kernel`, zh: `已编译的内核里没有“${word}”这个位置` }, { en: 'write FUNCTION, FUNCTION:LABEL or FUNCTION:LINE', zh: '请写 函数、函数:标号 或 函数:行号' });
    }
    const statement = debug.statements[target.statement]!;
    const place = { function: target.function.name, label: target.label, line: statement.line, file: debug.files[statement.file] ?? '' };
    const isNamed = (shows: readonly string[]): boolean => shows.includes(place.function);
    for (const wanted of [isNamed, (shows: readonly string[]): boolean => !isNamed(shows)]) {
      for await (const { name, covered } of coverScenarios(context, program, wanted)) {
        if (covered[target.statement]) {
          if (context.json) {
            context.printJson({ ...place, scenario: name });
          } else {
            context.line(`${name}  ${place.file}:${place.line}`);
          }
          return 0;
        }
      }
    }
    if (context.json) {
      context.printJson({ ...place, scenario: null, reason: statement.unreachable });
    } else {
      const why = statement.unreachable === undefined ? '' : `: ${statement.unreachable}`;
      context.line(context.say({ en: `no bundled scenario gets to ${place.file}:${place.line}${why}`, zh: `没有内置场景能走到 ${place.file}:${place.line}${why}` }));
    }
    return 1;
  },
};

interface Target {
  readonly function: DebugFunction;
  readonly statement: number;
  readonly label?: string;
}

function findTarget(word: string, debug: DebugInfo): Target | undefined {
  const [name, where] = [word.split(':')[0]!, word.includes(':') ? word.slice(word.indexOf(':') + 1) : undefined];
  const fn = debug.functions.find((each) => each.name === name && each.kind === 'compiled');
  if (!fn) {
    return undefined;
  }
  if (where === undefined) {
    return { function: fn, statement: fn.firstStatement };
  }
  const label = fn.labels.find((each) => each.name === where);
  if (label) {
    return { function: fn, statement: label.statement, label: where };
  }
  const line = /^\d+$/.test(where) ? Number(where) : -1;
  const last = fn.firstStatement + fn.statementCount;
  for (let id = fn.firstStatement; id < last; id++) {
    const statement = debug.statements[id]!;
    if (statement.line <= line && line <= statement.endLine) {
      return { function: fn, statement: id };
    }
  }
  return undefined;
}
