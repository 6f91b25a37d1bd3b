/**
 * `sockscope timeline SCENARIO|FILE.pkt`: calls and events on an axis of statements, of the whole run or of `--window`,
 * then with the functions that ran, within one another.
 */
import { sessionTimeline, sessionTimelineInDepth, timelineLines, timelineScene } from '../../facade/views';
import { asking } from '../asked-run';
import { pictureCommand } from '../picture-command';

export const timelineCommand = pictureCommand({
  name: 'timeline',
  summary: {
    en: 'system calls, packets, states, wake-ups and drops of each process on an axis of statements',
    zh: '各进程的系统调用、报文、状态、唤醒和丢弃，按语句排在一条轴上',
  },
  usage: ' [--window FROM..TO]',
  options: [{ name: 'window', value: 'FROM..TO' }],
  async make({ session, history }, context, language) {
    const wanted = context.args.value('window');
    if (wanted !== undefined && !/^\d{1,12}\.\.\d{1,12}$/.test(wanted)) {
      context.fail(
        'SS9001',
        { en: `'${wanted}' is no window`, zh: `“${wanted}”不是一段语句` },
        { en: 'write two statements, as in 1200..1400', zh: '写两个语句编号，例如 1200..1400' },
      );
      return undefined;
    }
    const model =
      wanted === undefined
        ? sessionTimeline(session)
        : await sessionTimelineInDepth(session, history, { window: wanted, ...asking(context) });
    return model && { data: model, lines: timelineLines(model, language), scene: timelineScene(model, language) };
  },
});
