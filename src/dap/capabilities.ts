/**
 * What the adapter can do, as DAP's `initialize` answer. Only what is really implemented stands here.
 */
import type { DebugProtocol } from '@vscode/debugprotocol';
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
