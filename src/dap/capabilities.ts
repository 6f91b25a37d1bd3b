/**
 * What the adapter can do, as DAP's `initialize` answer, where only what is really implemented stands; and what of the
 * protocol it does not have and why, which is told to a client that asks for it and stands in the table of docs/dap.md.
 * Everything of the protocol that is in neither is a mistake, which a test finds.
 */
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Bilingual } from '../base/bilingual';
import { exceptionFilters } from './exception-filters';
import type { Language } from './texts';

export function capabilities(language: Language): DebugProtocol.Capabilities {
  return {
    supportsConfigurationDoneRequest: true,
    supportsFunctionBreakpoints: true,
    supportsConditionalBreakpoints: true,
    supportsHitConditionalBreakpoints: true,
    supportsLogPoints: true,
    supportsDataBreakpoints: true,
    supportsDataBreakpointBytes: true,
    supportsBreakpointLocationsRequest: true,
    supportsEvaluateForHovers: true,
    supportsStepBack: true,
    supportsSteppingGranularity: true,
    supportsSetVariable: true,
    supportsSetExpression: true,
    supportsRestartRequest: true,
    supportsTerminateRequest: true,
    supportTerminateDebuggee: true,
    supportsLoadedSourcesRequest: true,
    supportsReadMemoryRequest: true,
    supportsWriteMemoryRequest: true,
    supportsCompletionsRequest: true,
    completionTriggerCharacters: ['.', '>'],
    supportsClipboardContext: true,
    supportsValueFormattingOptions: true,
    supportsExceptionInfoRequest: true,
    supportsExceptionFilterOptions: true,
    supportsStepInTargetsRequest: true,
    supportsGotoTargetsRequest: true,
    supportsRestartFrame: true,
    supportsModulesRequest: true,
    supportsCancelRequest: true,
    exceptionBreakpointFilters: exceptionFilters(language),
  };
}

/** Requests that the adapter does not have, by name, and why. */
export const missingRequests: Readonly<Record<string, Bilingual>> = {
  attach: {
    en: 'A run begins with its scenario; there is nothing to attach to.',
    zh: '运行随场景开始，没有可以附加的对象。',
  },
  disassemble: {
    en: 'The kernel runs as WebAssembly; there are no instructions of the i386 to show.',
    zh: '内核以 WebAssembly 运行，没有可显示的 i386 指令。',
  },
  setInstructionBreakpoints: {
    en: 'There are no instructions to stop at; every statement of the C is a stop. Use a breakpoint with a column.',
    zh: '没有可以停下的指令；C 的每条语句都可以停下。请使用带列号的断点。',
  },
  terminateThreads: {
    en: 'Processes end when the scenario says so; to end the run, use "terminate".',
    zh: '进程何时结束由场景决定；要结束运行请用 "terminate"。',
  },
  runInTerminal: {
    en: 'This is a request to the client; SockScope starts no program.',
    zh: '这是发给客户端的请求；SockScope 不启动任何程序。',
  },
  startDebugging: {
    en: 'This is a request to the client; a run has one session.',
    zh: '这是发给客户端的请求；一次运行只有一个会话。',
  },
};

/** Capabilities that it does not have, by name, and why. */
export const missingCapabilities: Readonly<Record<string, Bilingual>> = {
  supportsInstructionBreakpoints: missingRequests.setInstructionBreakpoints as Bilingual,
  supportsDisassembleRequest: missingRequests.disassemble as Bilingual,
  supportsTerminateThreadsRequest: missingRequests.terminateThreads as Bilingual,
  supportSuspendDebuggee: {
    en: 'The machine lives in the adapter: without a client it cannot go on.',
    zh: '机器就在适配器内：没有客户端便无法继续。',
  },
  supportsDelayedStackTraceLoading: {
    en: 'A stack is cheap to read; loading it in two parts makes clients flicker.',
    zh: '读取调用栈代价很小，分两次加载只会让客户端闪烁。',
  },
  supportsANSIStyling: { en: 'Output carries no colours.', zh: '输出不带颜色。' },
  supportedChecksumAlgorithms: {
    en: 'Sources are read through the adapter, which cannot differ from itself.',
    zh: '源文件由适配器自己读取，不会不一致。',
  },
  additionalModuleColumns: { en: 'Modules have no more than the usual columns.', zh: '模块没有额外的列。' },
  breakpointModes: { en: 'There is one kind of breakpoint at each place.', zh: '每处只有一种断点。' },
  supportsSingleThreadExecutionRequests: {
    en: 'There is one processor: which process runs is the scheduler’s to say.',
    zh: '只有一个处理器：哪个进程运行由调度器决定。',
  },
  supportsExceptionOptions: {
    en: 'Faults form no tree of classes; the filters are a list.',
    zh: '故障没有类的层次；过滤器是一个列表。',
  },
};
