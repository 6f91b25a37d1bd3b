/**
 * Queues in words: their names, how full they are, what was refused; as lines for those who read instead of look.
 *
 * In: the queues' model, a language. Out: text.
 */
import type { Bilingual } from '../base/bilingual';
import type { PictureLanguage } from '../picture/shapes';
import type { QueueModel, QueueName, QueuesModel, RefusalModel, SocketQueuesModel } from './queues-model';

export const QUEUE_NAMES: Readonly<Record<QueueName, Bilingual>> = {
  syn: { en: 'SYN table', zh: 'SYN 表' },
  accept: { en: 'accept queue', zh: 'accept 队列' },
  receive: { en: 'receive queue', zh: '接收队列' },
  prequeue: { en: 'prequeue', zh: 'prequeue 队列' },
  backlog: { en: 'backlog', zh: '后备队列' },
  'out-of-order': { en: 'out of order', zh: '乱序队列' },
  write: { en: 'write queue', zh: '发送队列' },
};

/** `listener 0.0.0.0:8080, LISTEN`, `client :32768, ESTABLISHED, 127.0.0.1:32768 ↔ 127.0.0.1:8080`. */
export function socketTitle(
  { name, protocol, state, local, remote }: SocketQueuesModel,
  language: PictureLanguage,
): string {
  const short = protocol === 'TCP' ? state.replace(/^TCP_/, '') : '';
  const ends = [local, remote].filter((end) => end !== undefined).join(' ↔ ');
  const parts = name
    ? [name[language], short, name.en.includes(ends) ? '' : ends]
    : [[protocol, short, ends].filter((part) => part !== '').join(' ')];
  return parts.filter((part) => part !== '').join(language === 'zh' ? '，' : ', ');
}

/** `2 of 2`, `3, 1608 bytes, memory 2310 of 65535`. */
export function fillText({ length, limit, bytes, memory, memoryLimit }: QueueModel, language: PictureLanguage): string {
  const isChinese = language === 'zh';
  const of = (value: number, most: number): string => (isChinese ? `${value} / ${most}` : `${value} of ${most}`);
  return [
    limit === undefined ? String(length) : of(length, limit),
    ...(bytes === undefined || length === 0 ? [] : [isChinese ? `${bytes} 字节` : `${bytes} bytes`]),
    ...(memory === undefined || memoryLimit === undefined
      ? []
      : [isChinese ? `占内存 ${of(memory, memoryLimit)}` : `memory ${of(memory, memoryLimit)}`]),
  ].join(isChinese ? '，' : ', ');
}

/** `full: #9 dropped in …`. */
export function refusalText({ text }: RefusalModel, language: PictureLanguage): string {
  return language === 'zh' ? `已满：${text.zh}` : `full: ${text.en}`;
}

/** The queue without its elements. */
export function queueText(queue: QueueModel, language: PictureLanguage): string {
  const isChinese = language === 'zh';
  return [
    `${QUEUE_NAMES[queue.name][language]}${isChinese ? '：' : ': '}${fillText(queue, language)}`,
    ...(queue.isFull ? [isChinese ? '已满' : 'full'] : []),
    ...(queue.isBroken ? [isChinese ? '链表已损坏' : 'the list is broken'] : []),
  ].join(isChinese ? '，' : ', ');
}

/** What is not shown, and why; nothing when all is. */
export function leftOffText({ leftOff, lacking }: QueuesModel, language: PictureLanguage): readonly string[] {
  const isChinese = language === 'zh';
  return [
    ...(leftOff > 0
      ? [isChinese ? `另有 ${leftOff} 个 socket 没有显示。` : `${leftOff} more sockets are not shown.`]
      : []),
    ...(lacking.length > 0
      ? [isChinese ? `这个内核没有 ${lacking.join('、')}。` : `This kernel has no ${lacking.join(', ')}.`]
      : []),
  ];
}

/** What is said when there is nothing. */
export const NO_SOCKETS: Bilingual = {
  en: 'There is no socket yet whose queues could be shown: step on, or press F5.',
  zh: '还没有可以显示队列的 socket：继续单步，或按 F5。',
};

/** Nothing waits in it and nothing was refused: its queues are told in one word. A listener's limits are always told. */
export function isIdle({ state, queues }: SocketQueuesModel): boolean {
  return (
    state !== 'TCP_LISTEN' &&
    queues.every(({ length, refusals, isBroken }) => length + refusals.length === 0 && !isBroken)
  );
}

/** What is said of such a socket. */
export const IDLE: Bilingual = { en: 'all queues empty', zh: '各队列都空' };

/** All of it as lines. */
export function queueLines(model: QueuesModel, language: PictureLanguage): readonly string[] {
  const sockets = model.sockets.flatMap((socket) => [
    isIdle(socket)
      ? `${socketTitle(socket, language)}${language === 'zh' ? '：' : ': '}${IDLE[language]}`
      : socketTitle(socket, language),
    ...(isIdle(socket) ? [] : socket.queues).flatMap((queue) => [
      `  ${queueText(queue, language)}`,
      ...queue.items.map(({ label }) => `    ${label}`),
      ...queue.refusals.map((refusal) => `    ${refusalText(refusal, language)}`),
    ]),
  ]);
  return [...(sockets.length > 0 ? sockets : [NO_SOCKETS[language]]), ...leftOffText(model, language)];
}
