/** The fixed words that hovers and lenses are built from, in both languages: one typed table. */
import type { Bilingual } from '../base/bilingual';
import type { FunctionKind } from './query-types';

const plain = (text: string): Bilingual => ({ en: text, zh: text });

/** A value that reads the same in both languages. */
export const same = plain;

export const words = {
  offset: { en: 'offset', zh: '偏移' },
  size: { en: 'size', zh: '大小' },
  type: { en: 'type', zh: '类型' },
  value: { en: 'value', zh: '值' },
  definedIn: { en: 'defined in', zh: '定义于' },
  declaredIn: { en: 'declared in', zh: '声明于' },
  runs: { en: 'how it runs', zh: '运行方式' },
  because: { en: 'because', zh: '原因' },
  holds: { en: 'holds from the beginning', zh: '初值' },
  becomes: { en: 'becomes here', zh: '在此展开为' },
  members: { en: 'members', zh: '成员数' },
  source: { en: 'See', zh: '出处' },
  partOf: { en: "SockScope's own function, a part of", zh: 'SockScope 自己的函数，所做的是其中一部分' },
  inCode: { en: 'In the code', zh: '代码' },
  inRuns: { en: 'In a run', zh: '运行中' },
  related: { en: 'Related', zh: '相关' },
  note: { en: 'note', zh: '注解' },
} as const satisfies Record<string, Bilingual>;

export const functionKinds: Readonly<Record<FunctionKind, Bilingual>> = {
  compiled: { en: 'compiled from C', zh: '由 C 源码编译' },
  service: { en: 'simulated service', zh: '由模拟器提供的服务' },
  missing: { en: 'missing: calling it is a stop', zh: '缺失：调用它会使运行停下' },
  refused: { en: 'refused: its C could not be compiled', zh: '未接受：它的 C 源码无法编译' },
  unknown: { en: 'not part of the compiled program', zh: '不在已编译的程序里' },
};

/** `12 bytes`, `bit 3, 2 bits wide`. */
export function bytesText(count: number): Bilingual {
  return { en: `${count} byte${count === 1 ? '' : 's'}`, zh: `${count} 字节` };
}

export function offsetText(offset: number, bit?: { readonly offset: number; readonly size: number }): Bilingual {
  if (!bit) {
    return plain(`${offset} (0x${offset.toString(16)})`);
  }
  return {
    en: `${offset}, bit ${bit.offset}, ${bit.size} bit${bit.size === 1 ? '' : 's'} wide`,
    zh: `${offset}，第 ${bit.offset} 位起，共 ${bit.size} 位`,
  };
}
