/** `sockscope queues SCENARIO|FILE.pkt`: what waits in the queues of every socket at a moment, and what was refused. */
import { queueLines, queuesScene, sessionQueues } from '../../facade/views';
import { pictureCommand } from '../picture-command';

export const queuesCommand = pictureCommand({
  name: 'queues',
  summary: {
    en: 'what waits in SYN table, accept queue and packet queues of each socket, against their limits',
    zh: '每个 socket 的 SYN 表、accept 队列和各报文队列中有什么，离上限还有多远',
  },
  async make({ session, history }, _context, language) {
    const model = await sessionQueues(session, history);
    return { data: model, lines: queueLines(model, language), scene: queuesScene(model, language) };
  },
});
