/**
 * The comments of listings as annotations.
 *
 * In: functions with their tokens and statements. Out: a note per comment with the statement that it is about and why.
 *
 * Where a comment shares its line with code, or stands between an `if` and what that rules, or before a function, its place
 * decides. One on lines of its own may be about the statement above or the one below. Comments of one voice in a row
 * are taken together; what they name decides, then whether they go on with a comment at the end of the line above,
 * then on which side the clear cases of that voice in this document are; else it is the one below.
 */
import { contentHash } from '../base/bytes';
import { itemAt } from '../base/checked-access';
import type { SourceFile } from '../source/source-file';
import type { DocumentChoices, DocumentNote, NoteEvidence, Voice } from './document-model';
import { leaning, namesIn } from './note-words';
import { placeOf, type CommentPlace, type PlacedComment, type Range } from './note-places';

/** Whether a comment stands in the kernel's sources; undefined where nobody can tell. */
export type KernelComments = (text: string) => boolean | undefined;

interface Unit {
  readonly comments: readonly ReadComment[];
  readonly place: CommentPlace;
  readonly voice: Voice;
  /** Above zero for the statement above, below zero for the one below. */
  readonly lean: number;
  readonly goesOn: boolean;
}

interface ReadComment extends PlacedComment {
  readonly text: string;
  readonly language: 'zh' | 'en';
  readonly voice: Voice;
  readonly place: CommentPlace;
}

/**
 * Notes of all functions. Comments in Chinese are the author's; of others `inKernel` tells, else they are the kernel's.
 */
export function readNotes(
  file: SourceFile,
  comments: readonly PlacedComment[],
  choices: DocumentChoices,
  inKernel: KernelComments | undefined,
): DocumentNote[] {
  const read = withVoices(comments, inKernel);
  const units = unitsOf(read);
  const sides = sidesOf(units);
  const keys = new Map<string, number>();
  const keyOf = ({ name, text }: ReadComment): string => {
    const key = `${name}:${contentHash(text).slice(0, 8)}`;
    const count = (keys.get(key) ?? 0) + 1;
    keys.set(key, count);
    return count === 1 ? key : `${key}:${count}`;
  };
  return units.flatMap((unit) => {
    return unit.comments.map((comment): DocumentNote => {
      const key = keyOf(comment);
      const { placement, statement, because } = decide(unit, choices, sides, key);
      return {
        key,
        span: { file, start: comment.start, end: comment.end },
        text: comment.text,
        language: comment.language,
        voice: comment.voice,
        placement,
        function: comment.function,
        ...(statement ? { statement: { file, ...statement } } : {}),
        because,
      };
    });
  });
}

function withVoices(comments: readonly PlacedComment[], inKernel: KernelComments | undefined): ReadComment[] {
  const read: ReadComment[] = [];
  for (const comment of comments) {
    const text = commentText(comment.raw);
    const language = /\p{Script=Han}/u.test(text) ? 'zh' : 'en';
    const before = read[read.length - 1];
    const follows = before && before.token === comment.token && before.function === comment.function;
    const voice = voiceOf(text, language, inKernel?.(text)) ?? (follows && isPath(text) ? before.voice : 'kernel');
    read.push({ ...comment, text, language, voice, place: placeOf(comment) });
  }
  return read;
}

/** Undefined where only what stands before it tells. */
function voiceOf(text: string, language: 'zh' | 'en', known: boolean | undefined): Voice | undefined {
  if (known !== undefined) {
    return known ? 'kernel' : 'author';
  }
  return language === 'zh' ? 'author' : undefined;
}

/** It goes on with what was said before it. */
function isPath(text: string): boolean {
  return /^[\w.*/-]+\/[\w.*-]+$/.test(text);
}

/** Without marks, and without the stars at the beginnings of lines. */
function commentText(raw: string): string {
  const inner = raw.startsWith('//') ? raw.replace(/^\/\/+[!<]?/, '') : raw.replace(/^\/\*+/, '').replace(/\*+\/$/, '');
  return inner
    .split(/\r\n?|\n/)
    .map((line) => line.replace(/^\s*\*+(?=\s|$|[^\w*])/, '').trim())
    .join('\n')
    .trim();
}

function unitsOf(comments: readonly ReadComment[]): Unit[] {
  const units: Unit[] = [];
  for (let at = 0; at < comments.length;) {
    const first = itemAt(comments, at);
    const { place } = first;
    let end = at + 1;
    if (place.kind === 'free') {
      while (end < comments.length && joins(first, itemAt(comments, end))) {
        end++;
      }
    }
    const own = comments.slice(at, end);
    units.push(unitOf(own, place, comments[at - 1]));
    at = end;
  }
  return units;
}

/** Comments of one voice with no code between. */
function joins(first: ReadComment, next: ReadComment): boolean {
  return (
    next.token === first.token &&
    next.function === first.function &&
    next.voice === first.voice &&
    !next.codeBehind &&
    next.place.kind === 'free'
  );
}

function unitOf(comments: readonly ReadComment[], place: CommentPlace, before: ReadComment | undefined): Unit {
  const first = itemAt(comments, 0);
  if (place.kind !== 'free') {
    return { comments, place, voice: first.voice, lean: 0, goesOn: false };
  }
  const names = new Set(comments.flatMap(({ text, language }) => [...namesIn(text, language)]));
  return {
    comments,
    place,
    voice: first.voice,
    lean: leaning(names, place.aboveText, place.belowText),
    goesOn: before !== undefined && goesOn(before, first),
  };
}

/**
 * A comment goes on with the one at the end of the line above: of the same voice and marks, below it in its column. Where
 * nothing is indented only the author's do.
 */
function goesOn(before: ReadComment, comment: ReadComment): boolean {
  return (
    before.codeBefore &&
    before.token === comment.token &&
    before.function === comment.function &&
    before.voice === comment.voice &&
    before.style === comment.style &&
    comment.line === before.lastLine + 1 &&
    (comment.indented ? comment.column >= before.column - 4 : comment.voice === 'author')
  );
}

/** On which side the comments of each voice stand that name what they are about. */
function sidesOf(units: readonly Unit[]): Map<Voice, 'above' | 'below'> {
  const sides = new Map<Voice, 'above' | 'below'>();
  for (const voice of ['author', 'kernel'] as const) {
    const clear = units.filter((unit) => unit.voice === voice && Math.abs(unit.lean) >= 1 && hasBoth(unit.place));
    const above = clear.filter(({ lean }) => lean > 0).length;
    const below = clear.length - above;
    if (above >= 2 && above > 2 * below) {
      sides.set(voice, 'above');
    } else if (below >= 2 && below > above) {
      sides.set(voice, 'below');
    }
  }
  return sides;
}

function hasBoth(place: CommentPlace): boolean {
  return place.kind === 'free' && place.above !== undefined && place.below !== undefined;
}

interface Decision {
  readonly placement: DocumentNote['placement'];
  readonly statement: Range | undefined;
  readonly because: NoteEvidence;
}

function decide(
  unit: Unit,
  choices: DocumentChoices,
  sides: ReadonlyMap<Voice, 'above' | 'below'>,
  key: string,
): Decision {
  const { place, voice, lean } = unit;
  if (place.kind !== 'free') {
    const { kind, statement } = place;
    return { placement: kind, statement, because: kind };
  }
  const side = (wanted: 'above' | 'below', because: NoteEvidence): Decision => ({
    placement: wanted,
    statement: place[wanted],
    because,
  });
  if (!place.above && !place.below) {
    return { placement: 'function', statement: undefined, because: 'function' };
  }
  if (!place.above || !place.below) {
    return side(place.above ? 'above' : 'below', 'only-side');
  }
  const chosen = choices.notes?.[key] ?? choices.voices?.[voice];
  if (chosen) {
    return side(chosen, 'chosen');
  }
  if (Math.abs(lean) >= 1) {
    return side(lean > 0 ? 'above' : 'below', 'shared-words');
  }
  if (unit.goesOn) {
    return side('above', 'continues');
  }
  const known = sides.get(voice);
  return known ? side(known, 'voice') : side('below', 'default');
}
