/**
 * Runs of equal units in two sets of C files.
 *
 * In: our files and a tree's, cut into units (c-units.ts), and the least length of a run. Out: each longest run once,
 * with where it stands here and there. Every window of that length of ours is put into a map; the tree is read past it,
 * and what meets is followed to its end.
 */
import { itemAt } from '../../src/base/checked-access';
import type { Unit } from './c-units';

export interface UnitFile {
  readonly path: string;
  readonly units: readonly Unit[];
}

export interface SharedRun {
  readonly length: number;
  readonly ours: string;
  readonly theirs: string;
  readonly text: readonly string[];
}

interface Place {
  readonly file: UnitFile;
  readonly at: number;
}

/** From unit `start` of ours on, and from unit `at` of `file` of theirs. */
interface Run extends Place {
  readonly start: number;
  readonly length: number;
}

/**
 * Runs of `least` units or more that stand in `ours` and in one of `theirs`, in the order of ours; of several equally
 * long ones the first.
 */
export function sharedRuns(ours: readonly UnitFile[], theirs: Iterable<UnitFile>, least: number): SharedRun[] {
  const windows = new Map<string, Place[]>();
  for (const file of ours) {
    for (let at = 0; at + least <= file.units.length; at += 1) {
      const key = keyOf(file.units, at, least);
      windows.set(key, [...(windows.get(key) ?? []), { file, at }]);
    }
  }
  /** The longest run that holds the unit of ours. */
  const best = new Map<UnitFile, Map<number, Run>>();
  for (const file of theirs) {
    for (let at = 0; at + least <= file.units.length; at += 1) {
      for (const place of windows.get(keyOf(file.units, at, least)) ?? []) {
        let length = least;
        const mine = place.file.units;
        while (mine[place.at + length] && itemAt(mine, place.at + length).text === file.units[at + length]?.text) {
          length += 1;
        }
        const known = best.get(place.file) ?? new Map<number, Run>();
        best.set(place.file, known);
        const run = { start: place.at, length, file, at };
        for (let each = place.at; each < place.at + length; each += 1) {
          if ((known.get(each)?.length ?? 0) < length) {
            known.set(each, run);
          }
        }
      }
    }
  }
  return ours.flatMap((file) =>
    [...new Set(best.get(file)?.values() ?? [])]
      .sort((a, b) => a.start - b.start)
      .map(({ start, length, file: other, at }) => ({
        length,
        ours: `${file.path}:${itemAt(file.units, start).line}`,
        theirs: `${other.path}:${itemAt(other.units, at).line}`,
        text: file.units.slice(start, start + length).map(({ text }) => text),
      })),
  );
}

function keyOf(units: readonly Unit[], at: number, length: number): string {
  let key = '';
  for (let each = at; each < at + length; each += 1) {
    key += `${itemAt(units, each).text}\n`;
  }
  return key;
}
