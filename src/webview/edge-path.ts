/**
 * The curve of a pointer: from the row that holds it to the card (or row) it points to.
 *
 * In: two rectangles in canvas coordinates. Out: the `d` of an SVG path. A target to the right is reached from the row's
 * right edge, one to the left from its left edge; a target in the same column by a loop on the right, so that no line
 * runs behind its own card.
 */

export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Space between a line's end and the edge of the card it points to, for the arrow head. */
const HEAD = 7;

export function edgePath(from: Rectangle, to: Rectangle): string {
  const y1 = Math.round(from.top + from.height / 2);
  const y2 = Math.round(to.top + to.height / 2);
  const fromRight = from.left + from.width;
  const toRight = to.left + to.width;
  if (to.left >= fromRight) {
    const x2 = to.left - HEAD;
    const reach = Math.max(24, (x2 - fromRight) / 2);
    return `M ${fromRight} ${y1} C ${fromRight + reach} ${y1}, ${x2 - reach} ${y2}, ${x2} ${y2}`;
  }
  if (toRight <= from.left) {
    const x2 = toRight + HEAD;
    const reach = Math.max(24, (from.left - x2) / 2);
    return `M ${from.left} ${y1} C ${from.left - reach} ${y1}, ${x2 + reach} ${y2}, ${x2} ${y2}`;
  }
  const x = Math.max(fromRight, toRight);
  const bow = Math.round(28 + Math.min(24, Math.abs(y2 - y1) / 16));
  return `M ${fromRight} ${y1} C ${x + bow} ${y1}, ${x + bow} ${y2}, ${toRight + HEAD} ${y2}`;
}
