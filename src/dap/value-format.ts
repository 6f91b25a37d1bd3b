/**
 * Values and frames in the form that a client asks for by `format`.
 *
 * In: a value or a frame, DAP's `ValueFormat` or `StackFrameFormat`. Out: one line.
 */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { formatAddress } from '../base/bytes';
import type { SessionApi, StackFrame, ValueNode } from '../facade/session';
import { shownIn } from '../facade/value-words';
import type { Language } from './texts';

/** A value as it is displayed, integers in hexadecimal where that is asked for. */
export function displayOf(
  node: ValueNode,
  format: DebugProtocol.ValueFormat | undefined,
  language: Language = 'en',
): string {
  const { scalar, display, size = 4, bits } = node;
  if (!format?.hex || scalar.kind !== 'integer') {
    return shownIn(display, language);
  }
  const digits = BigInt.asUintN(bits?.bitSize ?? 8 * size, BigInt(scalar.value)).toString(16);
  return `0x${digits}${scalar.constant === undefined ? '' : ` (${scalar.constant})`}`;
}

/** A frame's name, with what is asked for besides. */
export function frameName(
  session: SessionApi,
  frame: StackFrame,
  format: DebugProtocol.StackFrameFormat | undefined,
): string {
  const { function: fn, macro, partOf } = frame;
  // A function of SockScope's own is marked with the one of Linux that it is a part of: `tcp_eat ⊂ tcp_recvmsg`.
  const name = [fn, ...(partOf === undefined ? [] : [`⊂ ${partOf}`]), ...(macro ? [`[${macro}]`] : [])].join(' ');
  if (!format) {
    return name;
  }
  const all = format.includeAll === true;
  const module = (all || format.module) && frame.path !== undefined ? `${frame.path}!` : '';
  const parameters = all || format.parameters ? `(${parametersOf(session, frame, format)})` : '';
  const line = (all || format.line) && frame.line > 0 ? ` line ${frame.line}` : '';
  return `${module}${name}${parameters}${line}`;
}

function parametersOf(session: SessionApi, frame: StackFrame, format: DebugProtocol.StackFrameFormat): string {
  const { parameterTypes, parameterNames, parameterValues, includeAll } = format;
  const plain = !parameterTypes && !parameterNames && !parameterValues;
  return session
    .locals(frame)
    .filter((node) => node.parameter === true)
    .map((node) => {
      const type = includeAll || parameterTypes ? [node.type] : [];
      const name = includeAll || parameterNames || plain ? [node.name] : [];
      const value = includeAll || parameterValues || plain ? short(node, format) : undefined;
      const words = [...type, ...name].join(' ').replace(/\* (?=\w+$)/, '*');
      return [words, value].filter((part) => part !== undefined && part !== '').join('=');
    })
    .join(', ');
}

function short(node: ValueNode, format: DebugProtocol.ValueFormat): string {
  return node.scalar.kind === 'pointer' ? formatAddress(node.scalar.address) : displayOf(node, format);
}
