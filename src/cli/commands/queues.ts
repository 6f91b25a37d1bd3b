/** `sockscope queues SCENARIO|FILE.pkt`: what waits in the queues of every socket at a moment, and what was refused. */
import { queueLines, queuesScene, sessionQueues } from '../../facade/views';
import { pictureCommand } from '../picture-command';

/** At the end of most runs. */
const nothingThere = {
  en: 'No socket is there at this moment: name another with --at PLACE|CLOCK.',
  zh: '此刻没有 socket：用 --at PLACE|CLOCK 另选一个时刻。',
};

export const queuesCommand = pictureCommand({
  name: 'queues',
  summary: {
    en: 'what waits in SYN table, accept queue and packet queues of each socket, against their limits',
    zh: '每个 socket 的 SYN 表、accept 队列和各报文队列中有什么，离上限还有多远',
  },
  async make({ session, history }, context, language) {
    const model = await sessionQueues(session, history);
    const lines = model.sockets.length > 0 ? queueLines(model, language) : [context.say(nothingThere)];
    return { data: model, lines, scene: queuesScene(model, language) };
  },
});
