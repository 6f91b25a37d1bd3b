/**
 * The smallest input that shows the same fault. In: a list of pieces and a question whether a shorter list still shows
 * it. Out: a list from which no piece can be taken, as far as the number of questions allows. Algorithm: delta debugging
 * without the complement step; halves first, then ever smaller runs.
 */
export async function reduceList(pieces, holds, budget) {
  let kept = pieces;
  for (let length = Math.ceil(kept.length / 2); length >= 1; length = length === 1 ? 0 : Math.ceil(length / 2)) {
    for (let at = 0; at < kept.length && budget.questions > 0;) {
      const shorter = [...kept.slice(0, at), ...kept.slice(at + length)];
      budget.questions--;
      if (shorter.length < kept.length && (await holds(shorter))) {
        kept = shorter;
      } else {
        at += length;
      }
    }
  }
  return kept;
}

/** Reduces a text by its lines, then by its words and marks. @returns {Promise<Buffer>} */
export async function reduceText(data, holds, budget) {
  const text = data.toString('latin1');
  const join = (pieces) => Buffer.from(pieces.join(''), 'latin1');
  const lines = await reduceList(text.split(/(?<=\n)/), (pieces) => holds(join(pieces)), budget);
  // Long runs of one piece come from nesting and duplication: they go by the run first, then singly.
  const runs = lines.join('').match(/(.{1,8}?)\1{20,}|\w+|\s+|[^]/gs) ?? [];
  return join(await reduceList(runs, (pieces) => holds(join(pieces)), budget));
}
