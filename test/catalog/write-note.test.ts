/** Notes written into packs: they are found at their statement again, and the rest of the pack stays as it was. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadPack } from '../../src/catalog/load-pack';
import { resolveIn } from '../../src/catalog/resolve-anchor';
import { addNote, anchorFor, changeNote, languageOf, removeNote, type PackEdit } from '../../src/catalog/write-note';
import { itemAt } from '../../src/base/checked-access';
import { outlineOf } from '../../src/reading/token-outline';
import { SourceFile } from '../../src/source/source-file';

const applied = (pack: string, edit: PackEdit | undefined): string =>
  edit ? pack.slice(0, edit.from) + edit.text + pack.slice(edit.to) : 'refused';
const entriesOf = (pack: string): ReturnType<typeof loadPack> => loadPack(new SourceFile('p.yaml', pack));

describe('a note on a statement', () => {
  it('is found at this statement and no other, for every statement of the bundled protocol', () => {
    const counts = { statements: 0, without: 0 };
    for (const name of ['af_inet', 'tcp', 'tcp_input', 'tcp_ipv4']) {
      const path = fileURLToPath(new URL(`../../media/kernel/net/ipv4/${name}.c`, import.meta.url));
      const text = readFileSync(path, 'utf8');
      for (const outline of outlineOf(text)) {
        for (const statement of outline.statements) {
          counts.statements++;
          const place = anchorFor(text, outline, statement);
          if (!place) {
            counts.without++;
            continue;
          }
          const pack = applied('', addNote('', outline.name, place, 'en', 'why'));
          const { entries, diagnostics } = entriesOf(pack);
          expect(diagnostics, pack).toEqual([]);
          const [found] = resolveIn(itemAt(entries, 0), outline, () => []);
          expect(found?.statement, `${outline.name}: ${statement.normal}`).toBe(statement);
        }
      }
    }
    expect(counts.statements).toBeGreaterThan(800);
    expect(counts.without).toBe(0);
  });

  const place = { texts: ['sk->zapped = 1'] };

  it('stands behind the entries that a pack has, with their indentation, and leaves comments alone', () => {
    const pack = '# of the class\nentries:\n- function: inet_bind   # first\n  en: binds\n\n# end\n';
    const written = applied(pack, addNote(pack, 'inet_create', place, 'zh', '还没有 "哈希"'));
    expect(written).toBe(
      '# of the class\nentries:\n- function: inet_bind   # first\n  en: binds\n' +
        '- statement: "sk->zapped = 1"\n  in: inet_create\n  zh: "还没有 \\"哈希\\""\n\n# end\n',
    );
    expect(entriesOf(written).diagnostics).toEqual([]);
  });

  it.each(['', 'entries:\n', 'entries: []\n', '# nothing yet\n', 'entries:\n    - concept: a\n      en: b\n'])(
    'can be the first or a further one of %j',
    (pack) => {
      const written = applied(pack, addNote(pack, 'f', { texts: ['return 0'], under: 'out', nth: 2 }, 'en', 'x'));
      const { entries, diagnostics } = entriesOf(written);
      expect(diagnostics, written).toEqual([]);
      expect(entries.at(-1)?.anchor).toMatchObject({
        functions: ['f'],
        places: [{ texts: ['return 0'], under: 'out', nth: 2 }],
      });
    },
  );

  it('is refused where the pack is no list that one could add to', () => {
    for (const pack of [
      '{entries: []}',
      'entries: {a: 1}',
      'entries: [{concept: a, en: b}]',
      'entries: [\n',
      '- a\n',
    ]) {
      expect(addNote(pack, 'f', place, 'en', 'x'), pack).toBeUndefined();
    }
  });
});

describe('a note that is there', () => {
  const pack =
    'entries:\n  - concept: a\n    en: one\n  - concept: b\n    zh: |\n      二\n      行\n  - concept: c\n    en: three\n';
  const startOf = (index: number): number => itemAt(entriesOf(pack).entries, index).place.start;

  it('gets another text, or one in the other language', () => {
    expect(entriesOf(applied(pack, changeNote(pack, startOf(0), 'en', 'first: "1"'))).entries[0]?.text.en).toBe(
      'first: "1"',
    );
    const both = entriesOf(applied(pack, changeNote(pack, startOf(0), 'zh', '一')));
    expect(both.diagnostics).toEqual([]);
    expect(both.entries[0]?.text).toEqual({ en: 'one', zh: '一' });
    const block = entriesOf(applied(pack, changeNote(pack, startOf(1), 'zh', '新')));
    expect(block.diagnostics).toEqual([]);
    expect(block.entries.map(({ text }) => text.zh)).toEqual(['one', '新', 'three']);
  });

  it('is taken out, the last one too', () => {
    for (const index of [0, 1, 2]) {
      const rest = entriesOf(applied(pack, removeNote(pack, startOf(index))));
      expect(rest.diagnostics).toEqual([]);
      expect(rest.entries.map(({ name }) => name)).toEqual(['a', 'b', 'c'].filter((_, each) => each !== index));
    }
    const one = 'entries:\n  - concept: a\n    en: one\n';
    const empty = applied(one, removeNote(one, itemAt(entriesOf(one).entries, 0).place.start));
    expect(entriesOf(empty)).toMatchObject({ entries: [], diagnostics: [] });
  });
});

it('a text with Chinese in it is Chinese', () => {
  expect([languageOf('why'), languageOf('为什么 sk')]).toEqual(['en', 'zh']);
});
