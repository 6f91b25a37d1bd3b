/**
 * Finds the statement that a note is about in a text other than the one it was written for.
 *
 * In: an entry's places and the outline of a function. Out: statements with a confidence from 0 to 1, by the best of
 *   1.00  the normalised texts are the same
 *   0.90  the entry's tree-sitter query captures it, or a part of it (what it captures is handed in)
 *   0.85  one text contains the other, token by token
 *   0.80  × the Dice coefficient of the two token bags with their neighbours, for texts that merely resemble each other
 * A place that asks for a label gets 0.6 of it under another label. Below {@link leastConfidence} nothing is found: an
 * orphan.
 */
import type { AnchorPlace, Entry } from './entry';
import { normalise, type FunctionOutline, type OutlineStatement } from '../reading/outline';

const leastConfidence = 0.55;

export interface ResolvedAnchor {
  readonly entry: Entry;
  /** Which of the entry's places. */
  readonly place: number;
  readonly function: FunctionOutline;
  readonly statement: OutlineStatement;
  readonly confidence: number;
}

/** A range of the text that a query captures. */
export interface Captured {
  readonly start: number;
  readonly end: number;
}

/** Answers what a query captures in the function at hand. */
export type QueryRunner = (query: string) => readonly Captured[];

/** Where each place of an entry stands in a function; a place that is not found is left out. */
export function resolveIn(entry: Entry, outline: FunctionOutline, runQuery: QueryRunner): ResolvedAnchor[] {
  const resolved: ResolvedAnchor[] = [];
  entry.anchor?.places.forEach((place, index) => {
    const best = resolvePlace(place, outline, runQuery);
    if (best) {
      resolved.push({ entry, place: index, function: outline, ...best });
    }
  });
  return resolved;
}

interface Candidate {
  readonly statement: OutlineStatement;
  readonly confidence: number;
}

function resolvePlace(place: AnchorPlace, outline: FunctionOutline, runQuery: QueryRunner): Candidate | undefined {
  const wanted = place.texts.map(normalise);
  const under = place.under === undefined ? undefined : normalise(place.under);
  // What is the same is the best there can be: nothing else need be compared.
  const same = outline.statements.filter(
    (statement) => wanted.includes(statement.normal) && (under === undefined || statement.under === under),
  );
  const candidates =
    same.length > 0
      ? same.map((statement) => ({ statement, confidence: 1 }))
      : resembling(place, outline, { wanted, under }, runQuery);
  const top = Math.max(0, ...candidates.map((each) => each.confidence));
  const best = candidates.filter((each) => each.confidence === top);
  // Those in branches that are passed over count only where there are no others.
  const seen = best.filter(({ statement }) => !statement.passedOver);
  const equals = seen.length > 0 ? seen : best;
  return equals[Math.min((place.nth ?? 1) - 1, equals.length - 1)];
}

/** Statements that may be meant, none of which has a wanted text under the wanted label. */
function resembling(
  place: AnchorPlace,
  outline: FunctionOutline,
  { wanted, under }: { readonly wanted: readonly string[]; readonly under: string | undefined },
  runQuery: QueryRunner,
): Candidate[] {
  const captured = place.query === undefined ? undefined : capturedStatements(outline, runQuery(place.query.text));
  const candidates: Candidate[] = [];
  for (const statement of outline.statements) {
    let confidence = Math.max(0, ...wanted.map((text) => likeness(text, statement.normal)));
    if (captured?.has(statement)) {
      confidence = Math.max(confidence, 0.9);
    }
    if (under !== undefined && statement.under !== under) {
      confidence *= 0.6;
    }
    if (confidence >= leastConfidence) {
      candidates.push({ statement, confidence });
    }
  }
  return candidates;
}

/** The statements whose heads hold the beginnings of what was captured, the innermost of each. */
function capturedStatements(outline: FunctionOutline, captured: readonly Captured[]): ReadonlySet<OutlineStatement> {
  const statements = captured.map(({ start }) =>
    outline.statements.filter((each) => each.start <= start && start < each.end).pop(),
  );
  return new Set(statements.filter((each) => each !== undefined));
}

/** How alike two normalised statement texts are, from 0 to 1. */
function likeness(a: string, b: string): number {
  if (a === b) {
    return 1;
  }
  const [shorter, longer] = a.length <= b.length ? [a, b] : [b, a];
  if (shorter.split(' ').length >= 3 && ` ${longer} `.includes(` ${shorter} `)) {
    return 0.85;
  }
  return 0.8 * dice(features(a), features(b));
}

const featuresOfTexts = new Map<string, readonly string[]>();
/** So many texts are kept: the statements of some long files. */
const MOST_TEXTS = 20_000;

/** Tokens and pairs of neighbours; brackets alone say little and are left out. Each text is taken apart once. */
function features(text: string): readonly string[] {
  const known = featuresOfTexts.get(text);
  if (known) {
    return known;
  }
  if (featuresOfTexts.size >= MOST_TEXTS) {
    featuresOfTexts.clear();
  }
  const tokens = text.split(' ').filter((token) => !/^[()[\]]$/.test(token));
  const pairs = tokens.slice(1).map((token, index) => `${tokens[index]} ${token}`);
  const found = [...tokens, ...pairs];
  featuresOfTexts.set(text, found);
  return found;
}

function dice(a: readonly string[], b: readonly string[]): number {
  const left = new Map<string, number>();
  for (const each of a) {
    left.set(each, (left.get(each) ?? 0) + 1);
  }
  let shared = 0;
  for (const each of b) {
    const count = left.get(each) ?? 0;
    if (count > 0) {
      shared++;
      left.set(each, count - 1);
    }
  }
  return a.length + b.length === 0 ? 0 : (2 * shared) / (a.length + b.length);
}
