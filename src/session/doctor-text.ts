/**
 * What the doctor says of a tree, line by line in both languages: for the command line and the editor alike.
 *
 * In: the tree's health. Out: lines; those about a function carry its place.
 */
import type { FunctionHealth, TreeHealth } from './kernel-doctor';

export interface DoctorLine {
  readonly en: string;
  readonly zh: string;
}

export function doctorLines({
  version,
  missing,
  mended,
  errors,
  warnings,
  compiled,
  whole,
  functions,
}: TreeHealth): readonly DoctorLine[] {
  return [
    { en: `Linux ${version}: a 2.4 tree, can be stepped`, zh: `Linux ${version}：2.4 源码树，可以单步` },
    {
      en: `${compiled} functions compiled, ${whole} of them without a refused statement; ${errors} errors, ${warnings} warnings`,
      zh: `编译了 ${compiled} 个函数，其中 ${whole} 个没有被拒绝的语句；错误 ${errors} 个，警告 ${warnings} 个`,
    },
    missing.length === 0
      ? { en: 'nothing is missing', zh: '没有缺少的文件' }
      : { en: `missing: ${missing.join(', ')}`, zh: `缺少：${missing.join('、')}` },
    ...mended.map(({ file, conflicts, used }) => ({
      en: `mended: ${file}, ${conflicts} merge conflict${conflicts === 1 ? '' : 's'}, the second side ${used ? 'taken' : 'would be taken; the network stack does not need it'}`,
      zh: `已修补：${file}，${conflicts} 处合并冲突，取后一方${used ? '' : '（网络栈用不到此文件）'}`,
    })),
    ...functions.map((each) => functionLine(each)),
  ];
}

const verdicts: Readonly<Record<FunctionHealth['steppable'], DoctorLine>> = {
  yes: { en: 'steppable', zh: '可单步' },
  partly: { en: 'partly', zh: '部分可单步' },
  no: { en: 'not there', zh: '没有' },
};

function functionLine({ name, file, line, steppable, refusedLines }: FunctionHealth): DoctorLine {
  const place = file === undefined ? '' : `  ${file}:${line}`;
  const partly = steppable === 'partly';
  return {
    en: `${verdicts[steppable].en.padEnd(10)} ${name}${place}${partly ? `  (stops at line ${refusedLines.join(', ')})` : ''}`,
    zh: `${verdicts[steppable].zh.padEnd(10)} ${name}${place}${partly ? `  (会停在第 ${refusedLines.join('、')} 行)` : ''}`,
  };
}
