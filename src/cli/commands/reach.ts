/**
 * `sockscope reach PLACE`: a scenario that gets there. Out: its name; as JSON `{function, label?, line, file,
 * scenario}`. Scenarios that say they show the function are tried first. Exit status 1 when nothing gets there. How
 * places are written: src/facade/reach-place.ts.
 */
import type { Bilingual } from '../../base/bilingual';
import { filesOf, functionNames, type Program } from '../../facade/program';
import { nearestName } from '../../facade/scenarios';
import { placeNamed, type NamedSpots } from '../../facade/reach-place';
import { scenarioReaching } from '../../facade/scenario-coverage';
import { documentOption } from '../arguments';
import type { Command } from '../command';

export const reachCommand: Command = {
  name: 'reach',
  usage: 'reach FUNCTION[:LABEL|:LINE|:return[#N]|:TEXT]|FILE:LINE [--document FILE]',
  summary: {
    en: 'a scenario that gets to a function, label, line, return or statement',
    zh: '找一个能走到某函数、标号、行、return 或语句的场景',
  },
  details: [
    { en: 'tcp_accept            its first statement', zh: 'tcp_accept            函数的第一条语句' },
    { en: 'tcp_accept:out        a label', zh: 'tcp_accept:out        标号' },
    {
      en: 'tcp_accept:return     its first return; return#2, return:2 or "return 2" the second',
      zh: 'tcp_accept:return     第一个 return；第二个写 return#2、return:2 或 "return 2"',
    },
    { en: 'sock_init_data:end    its end, the last statement', zh: 'sock_init_data:end    函数末尾，最后一条语句' },
    {
      en: 'tcp_accept:"return newsk"   a statement by how it begins',
      zh: 'tcp_accept:"return newsk"   以这些字开头的语句',
    },
    {
      en: 'tcp_accept:130, net/ipv4/tcp.c:130, tcp.c:130   a line of the file',
      zh: 'tcp_accept:130、net/ipv4/tcp.c:130、tcp.c:130   文件中的一行',
    },
  ],
  options: [documentOption],
  words: [1, 40],
  async run(context) {
    const word = context.args.words.join(' ');
    const { program, ok } = await context.compiled();
    if (!program || !ok) {
      return 2;
    }
    const { place, spots } = { spots: undefined, ...placeNamed(word, program) };
    if (!place) {
      return context.fail(
        'SS4003',
        { en: `there is no place '${word}' in the compiled kernel`, zh: `已编译的内核里没有“${word}”这个位置` },
        spots ? whatThereIs(spots) : nearestPlace(word, program),
      );
    }
    const { unreachable } = place;
    const told = { function: place.function, label: place.label, line: place.line, file: place.file };
    const scenario = await scenarioReaching(context.io.media(), program, place, {
      report: (diagnostics) => context.report(diagnostics),
      breathe: context.breathe,
    });
    if (context.json) {
      context.printJson(
        scenario === undefined ? { ...told, scenario: null, reason: unreachable } : { ...told, scenario },
      );
    } else if (scenario !== undefined) {
      context.line(`${scenario}  ${place.file}:${place.line}`);
    } else {
      const why = unreachable === undefined ? '' : `: ${unreachable}`;
      context.line(
        context.say({
          en: `no bundled scenario gets to ${place.file}:${place.line}${why}`,
          zh: `没有内置场景能走到 ${place.file}:${place.line}${why}`,
        }),
      );
    }
    return scenario === undefined ? 1 : 0;
  },
};

/** A function or file of nearly that name. */
function nearestPlace(word: string, program: Program): Bilingual | undefined {
  const [, name = word, rest = ''] = /^([^:]*)(:.*)?$/s.exec(word) ?? [];
  const isFile = /[./\\]/.test(name);
  const names = isFile
    ? filesOf(program).map((path) => (name.includes('/') ? path : path.slice(path.lastIndexOf('/') + 1)))
    : functionNames(program, 'C');
  const near = names.includes(name) ? undefined : nearestName(name, names);
  return near !== undefined
    ? { en: `did you mean ${near}${rest}?`, zh: `是不是想写 ${near}${rest}？` }
    : {
        en: 'write FUNCTION, FUNCTION:LABEL, FUNCTION:LINE, FUNCTION:return or FILE:LINE',
        zh: '请写 函数、函数:标号、函数:行号、函数:return 或 文件:行号',
      };
}

function whatThereIs({ function: name, labels, returns }: NamedSpots): Bilingual {
  return {
    en: `${name} has ${labels.length > 0 ? `the labels ${labels.join(', ')}` : 'no labels'}, and returns on the lines ${returns.join(', ') || '(none)'}`,
    zh: `${name} ${labels.length > 0 ? `的标号：${labels.join('、')}` : '没有标号'}；return 所在的行：${returns.join('、') || '（无）'}`,
  };
}
