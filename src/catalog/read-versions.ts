/**
 * What an entry says of kernels and of runs: `when`, `parts` and `claims`. In: the entry's map, and how its reader reads
 * texts. Out: plain data, or diagnostics SS6001 at the place of what is wrong.
 */
import { sentence, type Words } from '../sentences/sentence';
import { isMap, isSeq, type YAMLMap } from 'yaml';
import type { Bilingual } from '../base/bilingual';
import type { Span } from '../source/source-file';
import type { Claim, Condition, EntryPart } from './entry';

/** What the reader of an entry lends. */
export interface EntryTexts {
  resolve(node: unknown): unknown;
  text(node: YAMLMap, key: string): string | undefined;
  texts(node: YAMLMap): Bilingual | undefined;
  checkKnown(node: YAMLMap, keys: readonly string[]): void;
  complain(node: unknown, message: Words, remedy: Words): undefined;
  spanOf(node: unknown): Span;
}

export class VersionReader {
  constructor(private readonly entry: EntryTexts) {}

  /** `when` of a map; `atStatement`: the entry stands in a file, which need not be named. */
  condition(node: YAMLMap, atStatement: boolean): Condition | undefined {
    if (!node.has('when')) {
      return undefined;
    }
    const raw = node.get('when', true);
    const map = this.entry.resolve(raw);
    if (!isMap(map)) {
      return this.entry.complain(raw, sentence('when-must-be-a-map'), sentence('write-when-has-or-lacks'));
    }
    this.entry.checkKnown(map, ['has', 'lacks', 'file', 'kernel']);
    const one = (key: string): string | undefined => (map.has(key) ? this.entry.text(map, key) : undefined);
    const [has, lacks, file, kernel] = [one('has'), one('lacks'), one('file'), one('kernel')];
    if (kernel !== undefined && kernel !== 'bundled' && kernel !== 'linux') {
      return this.entry.complain(map, sentence('kernel-must-be-bundled-or-linux'), sentence('write-when-has-or-lacks'));
    }
    if (has === undefined && lacks === undefined && kernel === undefined) {
      return this.entry.complain(map, sentence('when-must-be-a-map'), sentence('write-when-has-or-lacks'));
    }
    if ((has !== undefined || lacks !== undefined) && file === undefined && !atStatement) {
      return this.entry.complain(map, sentence('when-must-name-a-file'), sentence('add-file-to-when'));
    }
    return { has, lacks, file, kernel };
  }

  parts(node: YAMLMap, atStatement: boolean): readonly EntryPart[] {
    return this.maps(node, 'parts').flatMap((map) => {
      this.entry.checkKnown(map, ['when', 'en', 'zh']);
      const when = this.condition(map, atStatement);
      const text = this.entry.texts(map);
      if (!map.has('when')) {
        this.entry.complain(map, sentence('when-must-be-a-map'), sentence('write-when-has-or-lacks'));
      }
      return when && text ? [{ when, text }] : [];
    });
  }

  claims(node: YAMLMap): readonly Claim[] {
    return this.maps(node, 'claims').flatMap((map) => {
      this.entry.checkKnown(map, ['scenario', 'at', 'nth', 'holds', 'always', 'times', 'when']);
      const one = (key: string): string | undefined => (map.has(key) ? this.entry.text(map, key) : undefined);
      const [scenario, at, holds, always] = [one('scenario'), one('at'), one('holds'), one('always')];
      const [nth, times] = [this.count(map, 'nth', 1), this.count(map, 'times', 0)];
      const shown = [holds, always, times].filter((each) => each !== undefined);
      if (scenario === undefined || at === undefined || shown.length !== 1) {
        this.entry.complain(map, sentence('a-claim-needs-scenario-at-and-holds'), sentence('write-a-claim-like-this'));
        return [];
      }
      const when = this.condition(map, true);
      return [{ scenario, at, nth, holds, always, times, when, place: this.entry.spanOf(map) }];
    });
  }

  private count(map: YAMLMap, key: string, least: number): number | undefined {
    if (!map.has(key)) {
      return undefined;
    }
    const text = this.entry.text(map, key) ?? '';
    const value = /^\d{1,9}$/.test(text) ? Number(text) : -1;
    return value >= least
      ? value
      : this.entry.complain(
          map.get(key, true),
          sentence('key-must-be-a-number-from', { key, least }),
          sentence('write-a-claim-like-this'),
        );
  }

  private maps(node: YAMLMap, key: string): YAMLMap[] {
    if (!node.has(key)) {
      return [];
    }
    const raw = node.get(key, true);
    const list = this.entry.resolve(raw);
    if (!isSeq(list)) {
      this.entry.complain(raw, sentence('key-must-be-a-list', { key }), sentence('begin-each-with-a-dash'));
      return [];
    }
    return list.items.flatMap((item) => {
      const map = this.entry.resolve(item);
      if (!isMap(map)) {
        this.entry.complain(item, sentence('key-must-be-a-list', { key }), sentence('begin-each-with-a-dash'));
      }
      return isMap(map) ? [map] : [];
    });
  }
}
