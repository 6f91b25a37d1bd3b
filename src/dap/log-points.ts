/**
 * What a log point that was set now says of what has already run: lines of the console, marked.
 *
 * In: log points that are new. Out: an `output` event for each, once the client knows that they are set: the lines before
 * the present moment, and, where the run has been further already, those that are to come. The machine does not move.
 */
import { bilingual } from '../sentences/wording';
import type { AdapterContext, Run } from './adapter-context';
import type { LogPointAt } from './breakpoint-store';
import { say, texts } from './texts';

/** Lines that are told of one log point. */
const MOST = 1000;

export function isSame(one: LogPointAt, other: LogPointAt): boolean {
  return (['path', 'line', 'column', 'condition', 'hitCondition', 'message'] as const).every(
    (part) => one[part] === other[part],
  );
}

export async function tellLines(adapter: AdapterContext, run: Run, points: readonly LogPointAt[]): Promise<void> {
  const { history, session } = run;
  const { clock: now, frontier } = session.stop;
  if (!history || frontier === 0) {
    return;
  }
  for (const point of points) {
    const breathe = (): Promise<boolean> => adapter.breathe().then(() => false);
    const lines = (await history.logLines(point, point, { breathe })) ?? [];
    const language = adapter.language();
    const shown = lines.slice(-MOST).map(({ clock, text }) => {
      const mark = clock < now ? texts.lineOfThePast(clock) : texts.lineToCome(clock);
      return `${say(mark, language)} ${say(bilingual(text), language)}\n`;
    });
    if (shown.length > 0) {
      const before = lines.length > MOST ? [`${say(texts.rowsBefore(lines.length - MOST), language)}\n`] : [];
      adapter.tell('output', { category: 'stdout', output: [...before, ...shown].join('') });
    }
  }
}
