/**
 * The comment behind an event that says what a real Linux tree does instead, as text: `//! linux >=2.4.16 <2.4.20:
 * effect (reason)`.
 *
 * In: a comment. Out: the versions it is about and its effect, which pkt-variants.ts reads when the event is known.
 */
import { itemAt } from '../base/checked-access';
import type { Range } from './pkt-ast';

/** A `//! linux…: …` comment. */
export interface VariantLine extends Range {
  /** The first version it is about, as `2.4.16`; undefined: from the beginning. */
  readonly from: string | undefined;
  /** The first version it is about no longer; undefined: to the end. */
  readonly below: string | undefined;
  readonly effect: string;
}

const LINE = /^\/\/!\s*linux\s*(?:>=\s*(\d+\.\d+\.\d+)\s*)?(?:<\s*(\d+\.\d+\.\d+)\s*)?:\s*(.*?)\s*$/;

/** A comment as a variant; undefined when it is none. */
export function variantLine(comment: string, start: number): VariantLine | undefined {
  const match = LINE.exec(comment);
  return match
    ? { from: match[1], below: match[2], effect: itemAt(match, 3), start, end: start + comment.length }
    : undefined;
}
