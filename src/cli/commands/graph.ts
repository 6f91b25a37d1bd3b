/**
 * `sockscope graph SCENARIO|FILE.pkt`: the kernel's own variables of a connection over time: a line for each change, with
 * `--csv` a table, with `--svg` the curves. `--socket` names the end, the busiest connection otherwise.
 */
import { curveLines, curvesScene, curveTable, sessionCurves } from '../../facade/views';
import { asking } from '../asked-run';
import { pictureCommand } from '../picture-command';

export const graphCommand = pictureCommand({
  name: 'graph',
  summary: {
    en: 'sequence numbers, window, cwnd, ssthresh, RTO, srtt and queue lengths of a connection over time',
    zh: '一个连接的序号、窗口、cwnd、ssthresh、RTO、srtt 和队列长度随时间的变化',
  },
  usage: ' [--csv] [--socket LOCAL] [--statements]',
  options: [{ name: 'csv' }, { name: 'statements' }, { name: 'socket', value: 'LOCAL' }],
  async make({ session, history }, context, language) {
    const choice = context.args.value('socket');
    const model = await sessionCurves(session, history, { choice, ...asking(context) });
    if (!model || (choice !== undefined && model.ends.length === 0)) {
      const known = [...new Set((model?.others ?? []).map((other) => other.choice.split(' ')[0]))].join(', ');
      context.fail(
        'SS9001',
        { en: `there is no socket '${choice ?? ''}' in this run`, zh: `这次运行里没有 socket“${choice ?? ''}”` },
        { en: `there are ${known}`, zh: `有 ${known}` },
      );
      return undefined;
    }
    return {
      data: model,
      lines: curveLines(model, language),
      scene: curvesScene(
        { ...model, others: [], shown: [] },
        language,
        context.args.flag('statements') ? 'statements' : 'time',
      ),
      csv: curveTable(model),
    };
  },
});
