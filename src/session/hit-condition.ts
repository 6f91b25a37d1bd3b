/** Hit conditions in VS Code's forms: `5`, `== 5`, `>= 5`, `> 5`, `<= 5`, `< 5`, `% 5`. */

/** Whether a number of hits is wanted. A form that we do not know never keeps the program from stopping. */
export function hitConditionHolds(text: string, hits: number): boolean {
  const match = /^\s*(==|=|>=|>|<=|<|%)?\s*(\d+)\s*$/.exec(text);
  if (!match) {
    return true;
  }
  const count = Number(match[2]);
  switch (match[1]) {
    case '>=':
      return hits >= count;
    case '>':
      return hits > count;
    case '<=':
      return hits <= count;
    case '<':
      return hits < count;
    case '%':
      return count !== 0 && hits % count === 0;
    default:
      return hits === count;
  }
}
