/**
 * `sockscope reach FUNCTION[:LABEL|:LINE]`: a scenario that gets there. Out: its name; as JSON `{function, label?, line, file,
 * scenario}`. Scenarios that say they show the function are tried first. Exit status 1 when nothing gets there.
 */
import { placeNamed, scenarioReaching } from '../../session/scenario-coverage';
import type { Command } from '../command';

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
    const place = placeNamed(word, program.image.debug);
    if (!place) {
      return context.fail('SS4003', { en: `there is no place '${word}' in the compiled kernel`, zh: `已编译的内核里没有“${word}”这个位置` }, { en: 'write FUNCTION, FUNCTION:LABEL or FUNCTION:LINE', zh: '请写 函数、函数:标号 或 函数:行号' });
    }
    const { unreachable } = place;
    const told = { function: place.function, label: place.label, line: place.line, file: place.file };
    const scenario = await scenarioReaching(context.io.media(), program, place, {
      report: (diagnostics) => context.report(diagnostics),
      breathe: async () => {
        await context.io.breathe();
        return context.io.closed();
      },
    });
    if (context.json) {
      context.printJson(scenario === undefined ? { ...told, scenario: null, reason: unreachable } : { ...told, scenario });
    } else if (scenario !== undefined) {
      context.line(`${scenario}  ${place.file}:${place.line}`);
    } else {
      const why = unreachable === undefined ? '' : `: ${unreachable}`;
      context.line(context.say({ en: `no bundled scenario gets to ${place.file}:${place.line}${why}`, zh: `没有内置场景能走到 ${place.file}:${place.line}${why}` }));
    }
    return scenario === undefined ? 1 : 0;
  },
};
