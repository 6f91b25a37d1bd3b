/**
 * Protocol messages as they go over the wire.
 *
 * In: messages. Out: each with its header. Frames are told anew at every stop though a step changes one or two of them, so
 * the text of each is remembered for as long as the frame itself is.
 */
import type { DebugProtocol } from '@vscode/debugprotocol';

export class MessageText {
  private readonly frames = new WeakMap<DebugProtocol.StackFrame, string>();

  /** Header and body (DAP, base protocol). */
  of(message: object): string {
    const text = isStack(message) ? this.stack(message) : JSON.stringify(message);
    return `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
  }

  private stack(message: DebugProtocol.StackTraceResponse): string {
    const { stackFrames } = message.body;
    const frames = stackFrames.map((frame) => this.frame(frame)).join(',');
    const rest = JSON.stringify({ ...message, body: { ...message.body, stackFrames: [] } });
    // In a string of the message its quotes would be escaped.
    return rest.replace('"stackFrames":[]', () => `"stackFrames":[${frames}]`);
  }

  private frame(frame: DebugProtocol.StackFrame): string {
    let text = this.frames.get(frame);
    if (text === undefined) {
      text = JSON.stringify(frame);
      this.frames.set(frame, text);
    }
    return text;
  }
}

function isStack(message: object): message is DebugProtocol.StackTraceResponse {
  const { type, command, success } = message as Partial<DebugProtocol.Response>;
  return type === 'response' && command === 'stackTrace' && success === true;
}
