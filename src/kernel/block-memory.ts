/**
 * memcpy, memset and their kin, and the string functions of lib/string.c, as services with the access check made once
 * for the whole range.
 *
 * In: kernel addresses. Out: what the C standard (7.21) says; a null, wild, freed or user address is a fault that names
 * the function.
 */
import type { Fault } from '../machine/fault';
import type { PlainData, ServiceCall, ServiceModule, ServiceResult } from '../machine/service';
import { checkRange } from './memory-check';
import { service } from './service-module';

const REASON = {
  en: 'Block and string operations are processor instructions in the kernel; here they are host calls that check the whole range.',
  zh: '块操作和字符串操作在内核里是处理器指令；这里由宿主完成，并检查整个地址范围。',
};

type Body = (call: ServiceCall) => ServiceResult;

export class BlockMemory implements ServiceModule {
  readonly name = 'block-memory';

  readonly services = [
    ...['memcpy', '__memcpy', '__constant_memcpy'].map((name) => service(name, REASON, copy(name))),
    service('memmove', REASON, copy('memmove')),
    service('memset', REASON, (call) =>
      guarded(call, 'memset', [[call.arg(0), call.arg(2)]], () => {
        call.memory.fill(call.arg(0), call.arg(2), call.arg(1) & 0xff);
        return call.arg(0);
      }),
    ),
    service('memcmp', REASON, (call) =>
      guarded(
        call,
        'memcmp',
        [
          [call.arg(0), call.arg(2)],
          [call.arg(1), call.arg(2)],
        ],
        () => compareBytes(call, call.arg(2)),
      ),
    ),
    service('memscan', REASON, (call) =>
      guarded(call, 'memscan', [[call.arg(0), call.arg(2)]], () => {
        const found = call.memory.read(call.arg(0), call.arg(2)).indexOf(call.arg(1) & 0xff);
        return call.arg(0) + (found < 0 ? call.arg(2) : found);
      }),
    ),
    service('strlen', REASON, (call) => withText(call, 'strlen', 0, (text) => text.length)),
    service('strnlen', REASON, (call) => withText(call, 'strnlen', 0, (text) => text.length, call.arg(1))),
    service('strcpy', REASON, (call) =>
      withText(call, 'strcpy', 1, (text) => put(call, 'strcpy', call.arg(0), text.length + 1, text)),
    ),
    service('strncpy', REASON, (call) =>
      withText(call, 'strncpy', 1, (text) => put(call, 'strncpy', call.arg(0), call.arg(2), text), call.arg(2)),
    ),
    service('strcat', REASON, (call) =>
      withText(call, 'strcat', 0, (head) =>
        withText(call, 'strcat', 1, (tail) => {
          const result = put(call, 'strcat', call.arg(0) + head.length, tail.length + 1, tail);
          return typeof result === 'number' ? call.arg(0) : result;
        }),
      ),
    ),
    service('strcmp', REASON, (call) => compareTexts(call, 'strcmp', Infinity)),
    service('strncmp', REASON, (call) => compareTexts(call, 'strncmp', call.arg(2))),
    service('strchr', REASON, (call) =>
      withText(call, 'strchr', 0, (text) => {
        const letter = call.arg(1) & 0xff;
        const found = letter === 0 ? text.length : text.indexOf(String.fromCharCode(letter));
        return found < 0 ? 0 : call.arg(0) + found;
      }),
    ),
  ];

  save(): PlainData {
    return null;
  }

  restore(_state: PlainData): void {
    // Nothing is remembered between calls.
  }
}

function guarded(
  call: ServiceCall,
  name: string,
  ranges: readonly (readonly [number, number])[],
  body: () => ServiceResult,
): ServiceResult {
  for (const [address, size] of ranges) {
    const fault = checkRange(call.host, address, size, name);
    if (fault) {
      return { kind: 'fault', fault };
    }
  }
  return body();
}

function copy(name: string): Body {
  return (call) =>
    guarded(
      call,
      name,
      [
        [call.arg(0), call.arg(2)],
        [call.arg(1), call.arg(2)],
      ],
      () => {
        call.memory.bytes.copyWithin(call.arg(0), call.arg(1), call.arg(1) + call.arg(2));
        return call.arg(0);
      },
    );
}

function compareBytes(call: ServiceCall, size: number): number {
  const { bytes } = call.memory;
  for (let i = 0; i < size; i++) {
    const difference = bytes[call.arg(0) + i]! - bytes[call.arg(1) + i]!;
    if (difference !== 0) {
      return difference;
    }
  }
  return 0;
}

/** The zero-terminated text at an address, read byte by byte under the check; at most `limit` bytes. */
function textAt(call: ServiceCall, name: string, address: number, limit: number): string | Fault {
  let text = '';
  for (let at = address; text.length < limit; at++) {
    const fault = (at === address || (at & 15) === 0) && checkRange(call.host, at, 1, name);
    if (fault) {
      return fault;
    }
    const byte = call.memory.u8(at);
    if (byte === 0) {
      break;
    }
    text += String.fromCharCode(byte);
  }
  return text;
}

function withText(
  call: ServiceCall,
  name: string,
  index: number,
  body: (text: string) => ServiceResult,
  limit = Infinity,
): ServiceResult {
  const text = textAt(call, name, call.arg(index), limit);
  return typeof text === 'string' ? body(text) : { kind: 'fault', fault: text };
}

/** Writes `text` and zeros up to `size` bytes; answers the address. */
function put(call: ServiceCall, name: string, address: number, size: number, text: string): ServiceResult {
  return guarded(call, name, [[address, size]], () => {
    for (let i = 0; i < size; i++) {
      call.memory.setU8(address + i, i < text.length ? text.charCodeAt(i) : 0);
    }
    return address;
  });
}

function compareTexts(call: ServiceCall, name: string, limit: number): ServiceResult {
  return withText(call, name, 0, (a) => withText(call, name, 1, (b) => (a < b ? -1 : a > b ? 1 : 0), limit), limit);
}
