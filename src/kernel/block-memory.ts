/**
 * memcpy, memset and their kin, and the string functions of lib/string.c, as services with the access check made once
 * for the whole range.
 *
 * In: kernel addresses. Out: what the C standard (7.21) says; a null, wild, freed or user address is a fault that names
 * the function.
 */
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
    service('strlen', REASON, (call) => withText(call, 'strlen', 0, (_text, length) => length)),
    service('strnlen', REASON, (call) => withText(call, 'strnlen', 0, (_text, length) => length, call.arg(1))),
    service('strcpy', REASON, (call) =>
      withText(call, 'strcpy', 1, (text, length) => put(call, 'strcpy', call.arg(0), length + 1, text, length)),
    ),
    service('strncpy', REASON, (call) =>
      withText(
        call,
        'strncpy',
        1,
        (text, length) => put(call, 'strncpy', call.arg(0), call.arg(2), text, length),
        call.arg(2),
      ),
    ),
    service('strcat', REASON, (call) =>
      withText(call, 'strcat', 0, (head, before) =>
        withText(call, 'strcat', 1, (tail, length) => {
          const result = put(call, 'strcat', head + before, length + 1, tail, length);
          return typeof result === 'number' ? head : result;
        }),
      ),
    ),
    service('strcmp', REASON, (call) => compareTexts(call, 'strcmp', Infinity)),
    service('strncmp', REASON, (call) => compareTexts(call, 'strncmp', call.arg(2))),
    service('strchr', REASON, (call) =>
      withText(call, 'strchr', 0, (text, length) => {
        const letter = call.arg(1) & 0xff;
        const found = letter === 0 ? length : call.memory.bytes.subarray(text, text + length).indexOf(letter);
        return found < 0 ? 0 : text + found;
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
    call.host.touched(size);
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

/**
 * Hands on where the text of an argument begins and how long it is: up to its zero byte, at most `limit` bytes. All of
 * it, and the zero byte when that is looked at, must be accessible.
 */
function withText(
  call: ServiceCall,
  name: string,
  index: number,
  body: (text: number, length: number) => ServiceResult,
  limit = Infinity,
): ServiceResult {
  const text = call.arg(index);
  const found = call.memory.bytes.subarray(text, Math.min(text + limit, call.host.map.shadowStart)).indexOf(0);
  const length = found >= 0 ? found : Math.min(limit, Math.max(0, call.host.map.shadowStart - text));
  return guarded(call, name, [[text, found >= 0 || length < limit ? length + 1 : length]], () => body(text, length));
}

/** Writes the text of `length` bytes that lies at `text`, and zeros up to `size` bytes; answers the address. */
function put(
  call: ServiceCall,
  name: string,
  address: number,
  size: number,
  text: number,
  length: number,
): ServiceResult {
  return guarded(call, name, [[address, size]], () => {
    const copied = Math.min(length, size);
    call.memory.bytes.copyWithin(address, text, text + copied);
    call.memory.fill(address + copied, size - copied, 0);
    return address;
  });
}

function compareTexts(call: ServiceCall, name: string, limit: number): ServiceResult {
  return withText(
    call,
    name,
    0,
    (one, lengthOfOne) =>
      withText(
        call,
        name,
        1,
        (other, lengthOfOther) => {
          const difference = compareBytes(call, Math.min(lengthOfOne, lengthOfOther)) || lengthOfOne - lengthOfOther;
          return Math.sign(difference);
        },
        limit,
      ),
    limit,
  );
}
