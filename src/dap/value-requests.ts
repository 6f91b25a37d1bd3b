/**
 * Requests about a machine that stands still: threads, stack, values, memory, and what was written over by hand.
 *
 * In: arguments that were checked by their shape. Out: DAP bodies.
 */
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { AdapterContext } from './adapter-context';
import { consoleAnswer } from './console-commands';
import { errors } from './errors';
import { questionAnswer } from './history-requests';
import type { RequestTable } from './request-table';
import { exceptionInfo, overThread, requireThread } from './stops';

type Names =
  | 'threads'
  | 'stackTrace'
  | 'scopes'
  | 'variables'
  | 'evaluate'
  | 'setVariable'
  | 'setExpression'
  | 'readMemory'
  | 'writeMemory'
  | 'completions'
  | 'locations'
  | 'exceptionInfo';

export function valueRequests(adapter: AdapterContext): Pick<RequestTable, Names> {
  return {
    threads: () => ({ threads: adapter.run().inspection.threads() }),
    stackTrace: (args) => {
      const { inspection, session } = adapter.standing();
      if (args.threadId !== overThread) {
        requireThread(session, args.threadId);
      }
      return inspection.stackTrace(args);
    },
    scopes: ({ frameId }) => ({ scopes: adapter.standing().inspection.scopes(frameId) }),
    variables: (args) => ({ variables: adapter.standing().inspection.variables(args) }),
    evaluate: (args, reply) => evaluated(adapter, args, reply),
    setVariable: (args, reply) => {
      const { inspection } = adapter.movable();
      const node = inspection.setVariable(args);
      adapter.changed(reply, node);
      return inspection.setResult(node, args.format);
    },
    setExpression: (args, reply) => {
      const { inspection } = adapter.movable();
      const node = inspection.setExpression(args);
      adapter.changed(reply, node);
      return inspection.setResult(node, args.format);
    },
    readMemory: (args) => adapter.standing().inspection.readMemory(args),
    writeMemory: (args, reply) => {
      const { address, written } = adapter.movable().inspection.writeMemory(args);
      if (written > 0) {
        adapter.changed(reply, { address, size: written });
      }
      return { bytesWritten: written };
    },
    completions: (args) => ({ targets: adapter.standing().inspection.completions(args) }),
    locations: ({ locationReference }) => adapter.standing().inspection.location(locationReference),
    exceptionInfo: ({ threadId }) => {
      const { session } = adapter.standing();
      if (threadId !== overThread) {
        requireThread(session, threadId);
      }
      const info = exceptionInfo(adapter.filters.asWanted(session.stop), adapter.language());
      if (!info) {
        throw errors.noException();
      }
      return info;
    },
  };
}

/** A line of the console may be a command or a question; anything else is an expression. */
function evaluated(
  adapter: AdapterContext,
  args: DebugProtocol.EvaluateArguments,
  reply: Parameters<RequestTable['evaluate']>[1],
): ReturnType<RequestTable['evaluate']> {
  const { inspection: asked } = adapter.standing();
  const answer =
    args.context === 'repl'
      ? (consoleAnswer(args.expression, adapter, reply, args.frameId) ??
        questionAnswer(adapter, args.expression, asked.frame(args.frameId), reply))
      : undefined;
  // C is evaluated at once: a move that the client asks for right behind it does not come in between.
  return answer === undefined
    ? evaluatedInC(adapter, args, reply)
    : answer.then((told) =>
        told === undefined ? evaluatedInC(adapter, args, reply) : { result: told, variablesReference: 0 },
      );
}

function evaluatedInC(
  adapter: AdapterContext,
  args: DebugProtocol.EvaluateArguments,
  reply: Parameters<RequestTable['evaluate']>[1],
): DebugProtocol.EvaluateResponse['body'] {
  const { body, changed } = adapter.standing().inspection.evaluate(args);
  if (changed) {
    adapter.changed(reply);
  }
  return body;
}
