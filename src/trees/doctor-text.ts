/**
 * What the doctor says of a tree, line by line in both languages: for the command line and the editor alike.
 *
 * In: the tree's health. Out: lines; those about a function carry its place.
 */
import { bilingual } from '../sentences/wording';
import type { Bilingual } from '../base/bilingual';
import type { FunctionHealth, RecordDamage, TreeHealth } from './kernel-doctor';

export function doctorLines(health: TreeHealth): readonly Bilingual[] {
  const { version, missing, mended, warnings, compiled, whole, functions } = health;
  const stepped = functions.filter(({ steppable }) => steppable === 'yes').length;
  return [
    stepped === functions.length
      ? { en: `Linux ${version}: a 2.4 tree, can be stepped`, zh: `Linux ${version}：2.4 源码树，可以单步` }
      : {
          en: `Linux ${version}: a 2.4 tree; ${stepped} of the ${functions.length} functions of the notes can be stepped whole`,
          zh: `Linux ${version}：2.4 源码树；笔记中的 ${functions.length} 个函数有 ${stepped} 个可以完整单步`,
        },
    {
      en: `${compiled} functions compiled, ${whole} of them without a refused statement; ${counted(health.errors, 'error')}, ${counted(warnings, 'warning')}`,
      zh: `编译了 ${compiled} 个函数，其中 ${whole} 个没有被拒绝的语句；错误 ${health.errors} 个，警告 ${warnings} 个`,
    },
    ...(health.errors > 0 ? [errorLine(health)] : []),
    ...health.damages.map((each) => damageLine(each)),
    missing.length === 0
      ? { en: 'nothing is missing', zh: '没有缺少的文件' }
      : { en: `missing: ${missing.join(', ')}`, zh: `缺少：${missing.join('、')}` },
    ...mended.map(({ file, conflicts, used }) => ({
      en: `mended: ${file}, ${counted(conflicts, 'merge conflict')}, the second side ${used ? 'taken' : 'would be taken; the network stack does not need it'}`,
      zh: `已修补：${file}，${conflicts} 处合并冲突，取后一方${used ? '' : '（网络栈用不到此文件）'}`,
    })),
    ...functions.map((each) => functionLine(each)),
  ];
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** Why errors may stand beside functions that are whole. */
function errorLine({ errorPlaces: { compiled, uncalled, elsewhere, names } }: TreeHealth): Bilingual {
  const shown = names.slice(0, mostNamed).join(', ') + (names.length > mostNamed ? ', …' : '');
  const parts: Bilingual[] = [
    ...(compiled > 0 ? [{ en: `${compiled} in compiled functions`, zh: `${compiled} 个在参与编译的函数里` }] : []),
    ...(uncalled > 0
      ? [
          {
            en: `${uncalled} in functions that the network stack does not call (${shown})`,
            zh: `${uncalled} 个在网络栈不调用的函数里（${shown}）`,
          },
        ]
      : []),
    ...(elsewhere > 0
      ? [{ en: `${elsewhere} in declarations and missing files`, zh: `${elsewhere} 个在声明里或因缺少文件` }]
      : []),
  ];
  return {
    en: `of the errors ${parts.map(({ en }) => en).join(', ')}`,
    zh: `错误中：${parts.map(({ zh }) => zh).join('，')}`,
  };
}

/** Names that a line lists at most. */
const mostNamed = 12;

function damageLine({ record, member, file, line, cause, others }: RecordDamage): Bilingual {
  const shown = others.slice(0, mostNamed).join(', ') + (others.length > mostNamed ? ', …' : '');
  const what = member === '' ? { en: 'a member', zh: '一个成员' } : { en: `member '${member}'`, zh: `成员“${member}”` };
  const why = cause && bilingual(cause.message);
  const remedy = cause && bilingual(cause.remedy);
  const takes = {
    en: others.length > 0 ? `; it is part of ${shown}` : '',
    zh: others.length > 0 ? `；${shown} 也含有它` : '',
  };
  return {
    en: `not whole: ${record}, ${what.en} at ${file}:${line}${why ? `: ${why.en} (${remedy?.en})` : ''}${takes.en}`,
    zh: `不完整：${record}，${what.zh}，${file}:${line}${why ? `：${why.zh}（${remedy?.zh}）` : ''}${takes.zh}`,
  };
}

const verdicts: Readonly<Record<FunctionHealth['steppable'], Bilingual>> = {
  yes: { en: 'steppable', zh: '可单步' },
  partly: { en: 'partly', zh: '部分可单步' },
  no: { en: 'not there', zh: '没有' },
};

function functionLine({ name, file, line, steppable, refusedLines }: FunctionHealth): Bilingual {
  const place = file === undefined ? '' : `  ${file}:${line}`;
  const partly = steppable === 'partly';
  return {
    en: `${verdicts[steppable].en.padEnd(10)} ${name}${place}${partly ? `  (stops at line ${refusedLines.join(', ')})` : ''}`,
    zh: `${verdicts[steppable].zh.padEnd(10)} ${name}${place}${partly ? `  (会停在第 ${refusedLines.join('、')} 行)` : ''}`,
  };
}
