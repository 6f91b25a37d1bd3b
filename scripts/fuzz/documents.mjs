/**
 * Annotated documents, through `sockscope document`: variants of one of our own, of listings from our kernel's C, and of
 * `../shared/documents` where that folder is there. What is only re-encoded or set otherwise must have the functions of
 * the text it was made from.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { damaged, sameFunctions } from './document-variants.mjs';
import { once, root, textsBelow } from './sources.mjs';

const listing = (path, text) => `# ${path}\n\n这个文件里的函数。 It’s “whole”.\n\n\`\`\`c\n${text}\`\`\`\n\n以上。\n`;

const texts = once(() => {
  const shared = join(root, '..', 'shared', 'documents');
  const notes = existsSync(shared) ? readdirSync(shared).filter((name) => name.endsWith('.txt')) : [];
  return [
    ...notes.flatMap((name) => Array(6).fill({ name, text: readFileSync(join(shared, name), 'utf8') })),
    ...textsBelow('media/kernel/net', '.c')
      .filter(({ text }) => text.length < 40_000)
      .map(({ path, text }) => ({ name: 'listing.md', text: listing(path, text) })),
  ];
});

/** Names and states in what the command prints. */
const functionsIn = ({ out }) =>
  [...out.matchAll(/^ {2}\d+-\d+ +(\S+) +(\w[^;\n]*)/gm)].map(([, name, state]) => `${name} ${state}`);

/** @returns the case of this number: the text itself beside it where it must have the same functions */
export function makeCase(random, index) {
  const { name, text } = random.pick(texts());
  const ending = /\w+$/.exec(name)[0];
  if (index % 2 === 1) {
    const way = random.pick(Object.keys(damaged));
    const file = `input.${ending}`;
    return { about: `${way} of ${name}`, file, data: damaged[way](text, random), runs: [['document', file]] };
  }
  const way = random.pick(Object.keys(sameFunctions));
  const made = sameFunctions[way](text, random);
  const base = `base.${ending}`;
  const file = `input.${made.ending ?? ending}`;
  let expected;
  return {
    about: `${way} of ${name}`,
    file,
    data: made.data,
    more: { [base]: text },
    runs: [
      ['document', base],
      ['document', file],
    ],
    /** Both runs must tell the same functions. */
    judge(result, words) {
      const found = functionsIn(result);
      expected = words[1] === base ? found : expected;
      return expected.join() === found.join()
        ? undefined
        : { fault: 'other functions', detail: `${way}: ${expected.length} and ${found.length}` };
    },
  };
}
