/**
 * One factory per way in which a request can fail, with a stable number, both languages, and what to do about it.
 *
 * In: the particulars. Out: a {@link UserError}, which the session turns into DAP's `ErrorResponse`. These are refusals
 * shown to a person; a bug of ours is {@link internal} and goes to the log as well.
 */
import { sentence, type Sentence } from '../sentences/sentence';
import { wording } from '../sentences/wording';
import type { Bilingual } from '../base/bilingual';
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Diagnostic } from '../source/diagnostic';
import { type Language, say } from './texts';

/** Message of a problem, with the remedy behind it as on the command line, in both languages; nothing for none. */
export function sentences(problem: Diagnostic | undefined): Bilingual {
  const { message, remedy } = problem ?? {};
  if (!message) {
    return { en: '', zh: '' };
  }
  return remedy
    ? {
        en: `${wording(message, 'en')} (${wording(remedy, 'en')})`,
        zh: `${wording(message, 'zh')}。${wording(remedy, 'zh')}`,
      }
    : { en: wording(message, 'en'), zh: wording(message, 'zh') };
}

export class UserError extends Error {
  constructor(
    readonly id: number,
    readonly text: Bilingual,
    /** False for failures a client shows by itself, such as a hover that has no value. */
    readonly showUser = true,
    /** DAP's own word for it, where it has one: clients know it. */
    readonly word?: 'cancelled',
  ) {
    super(text.en);
  }

  /** The error as DAP carries it; the text is a variable, because `format` is a template (`_`: not personal). */
  toMessage(language: Language): DebugProtocol.Message {
    return { id: this.id, format: '{_text}', variables: { _text: say(this.text, language) }, showUser: this.showUser };
  }
}

/** The response that refuses a request. */
export function refusal(
  response: DebugProtocol.Response,
  error: UserError,
  language: Language,
): DebugProtocol.ErrorResponse {
  const message = error.word ?? say(error.text, language);
  return { ...response, success: false, message, body: { error: error.toMessage(language) } };
}

export const errors = {
  missingScenario: () =>
    new UserError(1001, {
      en: 'The launch configuration names no scenario. Set "scenario" to a bundled one such as "tcp-socket", or "program" to a .pkt file.',
      zh: '启动配置没有指定场景。请把 "scenario" 设为内置场景（如 "tcp-socket"），或把 "program" 设为 .pkt 文件。',
    }),
  wrongAttribute: (name: string, expected: string) =>
    new UserError(1002, {
      en: `The attribute "${name}" of the launch configuration must be a ${expected}.`,
      zh: `启动配置的属性 "${name}" 类型不对，应为：${expected}。`,
    }),
  notOpened: (problems: number, first: Bilingual) =>
    new UserError(1003, {
      en: `The run could not be prepared (${problems} problem${problems === 1 ? '' : 's'}, listed in the debug console). ${first.en}`,
      zh: `无法准备运行（${problems} 个问题，见调试控制台）。${first.zh}`,
    }),
  cancelled: () => new UserError(1013, { en: 'The run was cancelled.', zh: '运行已取消。' }, false, 'cancelled'),
  noSession: () =>
    new UserError(
      1004,
      { en: 'No run is open. Start a scenario first.', zh: '没有正在进行的运行。请先启动一个场景。' },
      false,
    ),
  stillRunning: () =>
    new UserError(1005, { en: 'The machine is running. Pause it first.', zh: '机器正在运行。请先暂停。' }, false),
  unknownFrame: () =>
    new UserError(1006, { en: 'This stack frame belongs to an earlier stop.', zh: '该栈帧属于之前的停止点。' }, false),
  unknownReference: () =>
    new UserError(1007, { en: 'This value belongs to an earlier stop.', zh: '该值属于之前的停止点。' }, false),
  cannotEvaluate: (problem: Bilingual) => new UserError(1008, problem, false),
  notAssignable: (name: string) =>
    new UserError(1009, {
      en: `${name} has no place in memory that could be set.`,
      zh: `${name} 不在内存中，无法设置。`,
    }),
  badMemoryReference: (reference: string) =>
    new UserError(1010, { en: `${reference} is not an address.`, zh: `${reference} 不是地址。` }, false),
  badClock: (oldest: number, newest: number) =>
    new UserError(1011, {
      en: `The moment must lie between ${oldest} and ${newest}.`,
      zh: `时刻必须在 ${oldest} 与 ${newest} 之间。`,
    }),
  notImplemented: (command: string, why: Bilingual | undefined) =>
    new UserError(
      1014,
      {
        en: `SockScope does not have the request "${command}". ${why?.en ?? 'What it has is told in the answer to "initialize".'}`,
        zh: `SockScope 没有 "${command}" 这个请求。${why?.zh ?? '它支持哪些请求，见对 "initialize" 的应答。'}`,
      },
      false,
    ),
  wrongArgument: (command: string, field: string, expected: string) =>
    new UserError(
      1015,
      {
        en: `The request "${command}" is malformed: "${field}" must be of type ${expected}.`,
        zh: `请求 "${command}" 格式不对："${field}" 应为 ${expected}。`,
      },
      false,
    ),
  unknownThread: (id: number) =>
    new UserError(
      1016,
      { en: `There is no thread ${id}. Ask for "threads" again.`, zh: `没有线程 ${id}。请重新请求 "threads"。` },
      false,
    ),
  isOver: () =>
    new UserError(
      1017,
      { en: 'The run is over. Start it again, or restart it.', zh: '运行已经结束。请重新启动。' },
      false,
    ),
  refused: (why: Bilingual) => new UserError(1030, why, false),
  badDataBreakpoint: () =>
    new UserError(1012, { en: 'Only values in memory can be watched.', zh: '只有在内存中的值才能被监视。' }, false),
  noTarget: () =>
    new UserError(
      1018,
      {
        en: 'This target belongs to an earlier stop. Ask for targets again.',
        zh: '该目标属于之前的停止点。请重新请求目标。',
      },
      false,
    ),
  noFrameStart: () =>
    new UserError(
      1019,
      { en: 'Only a call of a C function can be gone back to its start.', zh: '只有 C 函数的调用才能回到开头。' },
      false,
    ),
  noSource: () =>
    new UserError(1020, { en: 'No file of the program has this name.', zh: '程序中没有这个名字的文件。' }, false),
  noException: () =>
    new UserError(1022, { en: 'The machine did not stop at a fault.', zh: '机器不是因故障而停下的。' }, false),
  unknownLocation: () =>
    new UserError(
      1023,
      {
        en: 'This location belongs to an earlier stop, or has no place in the sources.',
        zh: '该位置属于之前的停止点，或在源代码中没有对应之处。',
      },
      false,
    ),
  notAllocated: (address: string, size: number) =>
    new UserError(
      1025,
      {
        en: `Not all of the ${size} bytes at ${address} are the program's. Set "allowPartial" to write those that are.`,
        zh: `${address} 起的 ${size} 字节并不全属于程序。若只写属于程序的部分，请设置 "allowPartial"。`,
      },
      false,
    ),
  tooMuchMemory: (most: number) =>
    new UserError(
      1026,
      { en: `At most ${most} bytes can be written at once.`, zh: `一次最多写入 ${most} 字节。` },
      false,
    ),
  questionCancelled: () =>
    new UserError(1099, { en: 'The question was cancelled.', zh: '提问已取消。' }, false, 'cancelled'),
  nothingToCancel: () =>
    new UserError(1027, { en: 'There is nothing of that number to cancel.', zh: '没有这个编号的可取消操作。' }, false),
  alreadyBegun: (command: string) =>
    new UserError(
      1028,
      {
        en: `"${command}" comes once in a session. Use "restart" to begin anew.`,
        zh: `"${command}" 在一个会话中只能有一次。要重新开始请用 "restart"。`,
      },
      false,
    ),
  noHistory: () =>
    new UserError(1029, { en: 'This run cannot be asked about its past.', zh: '无法查问此运行的过去。' }, false),
  noSubject: () =>
    new UserError(
      1030,
      {
        en: 'Say what is meant: "variablesReference" with "name", "expression", or "memoryReference".',
        zh: '请说明指的是什么："variablesReference" 加 "name"、"expression"，或 "memoryReference"。',
      },
      false,
    ),
  badQuestion: (question: string, at: number, what: Bilingual, how: Bilingual) =>
    new UserError(
      1031,
      {
        en: `${question}\n${' '.repeat(at)}^ ${what.en}${how.en === '' ? '' : ` (${how.en})`}`,
        zh: `${question}\n${' '.repeat(at)}^ ${what.zh}${how.zh === '' ? '' : `。${how.zh}`}`,
      },
      false,
    ),
  noMessage: (what: Sentence) => {
    const told = sentence('what-came-is-not-the-protocol', { what });
    return new UserError(1032, { en: wording(told, 'en'), zh: wording(told, 'zh') }, false);
  },
  internal: (what: string) =>
    new UserError(1999, {
      en: `SockScope made a mistake (${what}). Restart the run; if it happens again, please report it with the scenario.`,
      zh: `SockScope 内部出错（${what}）。请重新运行；若再次发生，请附上场景反馈给我们。`,
    }),
} as const;
