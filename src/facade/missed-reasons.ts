/**
 * Why statements were not executed by any of a set of runs.
 *
 * In: the debug information of a function, which of its statements were executed. Out: for a statement that was not, what
 * the compiler knows, or what the executed ones around it show: it is a part of a macro whose other parts ran; the branch
 * before it always went the other way; the statement before it did not come back; or it stands behind such a statement.
 */
import type { DebugInfo, DebugStatement, StatementKind } from '../abi/debug-info';
import type { Bilingual } from '../base/bilingual';
import { itemAt } from '../base/checked-access';

const BRANCHES: ReadonlySet<StatementKind> = new Set(['if', 'while', 'do-while', 'for-condition', 'switch']);
/** After these the next statement in the text does not follow. */
const LEAVING: ReadonlySet<StatementKind> = new Set(['goto', 'break', 'continue', 'return']);

/** `executed` by index from the function's first statement; `text` is that of the function's file. */
export function reasonMissed(
  statements: DebugInfo['statements'],
  index: number,
  executed: (index: number) => boolean,
  text: string,
): Bilingual | undefined {
  const missed = itemAt(statements, index);
  if (missed.unreachable !== undefined) {
    return { en: missed.unreachable, zh: missed.unreachable };
  }
  if (missed.macro !== undefined && statements.some((each, other) => executed(other) && samePlace(each, missed))) {
    return { en: `a part of ${missed.macro} that was not needed`, zh: `${missed.macro} 中用不到的一部分` };
  }
  for (let at = index - 1; at >= 0; at--) {
    const { kind, line, end } = itemAt(statements, at);
    if (!executed(at)) {
      if (!LEAVING.has(kind)) {
        return {
          en: `it stands behind line ${line}, which was not executed either`,
          zh: `前面的第 ${line} 行也没有执行`,
        };
      }
    } else if (BRANCHES.has(kind)) {
      return {
        en: `the ${wordOf(kind)} on line ${line} always went another way`,
        zh: `第 ${line} 行的 ${wordOf(kind)} 总是走另一边`,
      };
    } else if (/\belse\b/.test(text.slice(end, missed.start).replace(/\/\*[^]*?\*\//g, ''))) {
      return { en: 'the else before it was never taken', zh: '它前面的 else 从未走到' };
    } else if (!LEAVING.has(kind)) {
      return { en: `line ${line} did not come back`, zh: `第 ${line} 行没有返回` };
    }
  }
  return undefined;
}

function samePlace(a: DebugStatement, b: DebugStatement): boolean {
  return a.macro === b.macro && a.line === b.line && a.file === b.file;
}

function wordOf(kind: StatementKind): string {
  return kind === 'for-condition' ? 'for' : kind === 'do-while' ? 'while' : kind;
}
