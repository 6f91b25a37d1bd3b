/** Hit conditions in VS Code's forms: `5`, `== 5`, `>= 5`, `> 5`, `<= 5`, `< 5`, `% 5`. */
import { sentence, type Sentence } from '../sentences/sentence';

const form = /^\s*(==|=|>=|>|<=|<|%)?\s*(\d+)\s*$/;

/** Why a text is no hit condition; undefined when it is one, or there is none. */
export function hitConditionProblem(text: string | undefined): Sentence | undefined {
  const [, operator, count] = form.exec(text ?? '1') ?? [];
  const isOne = count !== undefined && !(operator === '%' && Number(count) === 0);
  return isOne ? undefined : sentence('this-is-no-hit-condition', { text: text ?? '' });
}

/** Whether a number of hits is wanted. A form that we do not know never keeps the program from stopping. */
export function hitConditionHolds(text: string, hits: number): boolean {
  const match = form.exec(text);
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
