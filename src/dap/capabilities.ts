/**
 * What the adapter can do, as DAP's `initialize` answer. Only what is really implemented stands here.
 */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { type Language, say, texts } from './texts';

/** Ids of the exception filters; both are on by default. */
export const faultFilter = 'fault';
export const expectationFilter = 'expectation';

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
    supportsValueFormattingOptions: false,
    // A stack is cheap to read; loading it in two parts makes clients flicker.
    supportsDelayedStackTraceLoading: false,
    supportsExceptionInfoRequest: true,
    exceptionBreakpointFilters: [
      {
        filter: faultFilter,
        label: say(texts.faultFilter, language),
        description: say(texts.faultFilterAbout, language),
        default: true,
      },
      {
        filter: expectationFilter,
        label: say(texts.expectationFilter, language),
        description: say(texts.expectationFilterAbout, language),
        default: true,
      },
    ],
  };
}
