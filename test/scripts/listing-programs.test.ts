/** Documents of the fuzzer are compiled once for the same listings, and what comes of them is what each would give alone. */
import { expect, test } from 'vitest';
import { ListingPrograms } from '../../scripts/fuzz/listing-programs';
import { given } from '../../src/base/checked-access';
import { runnableDocument } from '../../src/document/in-place-of';
import { openProgram, ProgramCache } from '../../src/facade/open-session';
import { SourceFile } from '../../src/source/source-file';
import { mediaTexts } from '../cli/cli-fixture';
import { loadParser } from '../parse/c-parser';

const media = mediaTexts();
const listing = (body: string): string =>
  `int inet_listen(struct socket *sock, int backlog)\n{\n\tstruct sock *sk = sock->sk;\n${body}\n}\n`;
const plain = listing('\tsk->max_ack_backlog = backlog; /* as many */\n\treturn 0;');

async function compiledFrom(cache: ProgramCache, text: string): Promise<readonly unknown[]> {
  const { replacement } = runnableDocument(new SourceFile('notes.md', text));
  const parser = await loadParser();
  const { program } = await openProgram({
    media,
    parser,
    cache,
    replacement: given(replacement, 'replacement'),
  });
  const { replaced, image } = given(program, 'program');
  return [given(replaced, 'replaced'), image.debug.functions.map(({ name, kind }) => `${name} ${kind}`)];
}

test('the same listings once, others anew, with the outcome of a compilation by itself', async () => {
  const cache = new ListingPrograms();
  const first = await compiledFrom(cache, `# One\n\n\`\`\`c\n${plain}\`\`\`\n`);
  expect(await compiledFrom(new ProgramCache(), `# One\n\n\`\`\`c\n${plain}\`\`\`\n`)).toEqual(first);
  const elsewhere = plain.replace('/* as many */', '// 队列长度').replaceAll('\t', '    ');
  expect(await compiledFrom(cache, `说明。\n\n${elsewhere.replaceAll('\n', '\r\n')}`)).toEqual(first);
  expect(cache.counts).toEqual({ compiled: 1, known: 1 });

  const other = `\`\`\`c\n${listing('\tsk->no_such_member = backlog;\n\treturn 0;')}\`\`\`\n`;
  expect(await compiledFrom(cache, other)).toEqual(await compiledFrom(new ProgramCache(), other));
  expect(cache.counts).toEqual({ compiled: 2, known: 1 });
});
