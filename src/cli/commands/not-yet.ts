/** Commands that are part of the plan and do not work yet: each says so, with exit status 2. */
import type { Bilingual } from '../../base/bilingual';
import type { Command } from '../command';

function notYet(name: string, usage: string, summary: Bilingual): Command {
  return {
    name,
    usage,
    summary: { en: `${summary.en} (not yet)`, zh: `${summary.zh}（尚未实现）` },
    words: [0, 1000],
    run: (context) =>
      context.fail('SS9002', { en: `\`sockscope ${name}\` does not work yet`, zh: `\`sockscope ${name}\` 尚未实现` }),
  };
}

export const notYetCommands: readonly Command[] = [
  notYet('document', 'document FILE', { en: 'the listings found in a document', zh: '文档里的代码清单' }),
];
