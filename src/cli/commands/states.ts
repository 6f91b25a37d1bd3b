/** `sockscope states SCENARIO|FILE.pkt`: the TCP states of every connection, both ends, and how they came there. */
import { sessionStates, stateLines, statesScene } from '../../facade/views';
import { pictureCommand } from '../picture-command';

export const statesCommand = pictureCommand({
  name: 'states',
  summary: {
    en: 'the TCP states of both ends of each connection, each step with its time and statement',
    zh: '每个连接两端的 TCP 状态，以及每次转换的时间和语句',
  },
  async make({ session, history }, _context, language) {
    const model = await sessionStates(session, history);
    return { data: model, lines: stateLines(model, language), scene: statesScene(model, language) };
  },
});
