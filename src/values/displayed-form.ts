/**
 * The forms in which values are shown, accepted where a value is set: `7 (TCP_CLOSE)`, `10.0.0.1`, `EINPROGRESS`,
 * `IP_DF | 0x10`, `0xc0101590 <tcp_v4_connect>`, `65 'A'`, text for an array of characters.
 *
 * In: what a person wrote, the field it is for. Out: a C expression of the same value; the text itself where it is none of
 * these forms, so that anything of C can be written. None of the forms is C of its own.
 */
import { ERRNO, KERNEL_ERRNO } from '../abi/linux-errno';
import type { MemberName } from './value-model';
import type { ValueContext } from './value-context';
import type { ValueFamily } from './value-families';
import { meaningOfField } from './view-facts';
import { swap16 } from './value-scalar';

const ERROR_NUMBERS: ReadonlyMap<string, number> = new Map(Object.entries({ ...ERRNO, ...KERNEL_ERRNO }));

export interface WrittenForm {
  readonly text: string;
  /** C of the same text would mean something else. */
  readonly isFirst: boolean;
}

/** C for what is written; `member`: the field that is set, when it is one. */
export function writtenForm(
  text: string,
  member: MemberName | undefined,
  context: Pick<ValueContext, 'views'>,
): WrittenForm {
  const family = member && meaningOfField(context, member.record, member.path);
  const isFirst = family?.kind === 'flags' && family.network === true;
  return { text: formOf(text, family), isFirst };
}

function formOf(text: string, family: ValueFamily | undefined): string {
  const written = text.trim();
  const number = /^(-?(?:0x[0-9a-f]+|\d+))\s*(?:\([^()]*(?:\([^()]*\)[^()]*)*\)|'[^]*'|<[^<>]*>(?:\s*"[^]*")?)$/i.exec(
    written,
  );
  if (number) {
    return number[1] ?? written;
  }
  const quad = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(written);
  if (quad) {
    const bytes = quad.slice(1).map(Number);
    return bytes.every((byte) => byte < 256) ? `0x${[...bytes].reverse().map(twoDigits).join('')}` : written;
  }
  const error = /^(-?)\s*(E[A-Z0-9]+)$/.exec(written);
  const errorNumber = error && ERROR_NUMBERS.get(error[2] ?? '');
  if (error && errorNumber !== undefined) {
    return `${error[1] ?? ''}${errorNumber}`;
  }
  return family ? withNames(written, family) : written;
}

function twoDigits(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

/** Names of a field's constants, with or without what they all begin with: `DF | 0x10` is `IP_DF | 0x10`. */
function withNames(text: string, family: ValueFamily): string {
  if (family.kind !== 'values' && family.kind !== 'flags') {
    return text;
  }
  const parts = text.split('|').map((part) => part.trim());
  const numbers = parts.map((part) => (/^(0x[0-9a-f]+|\d+)$/i.test(part) ? Number(part) : numberOf(part, family)));
  if (!numbers.every((each) => each !== undefined)) {
    return text;
  }
  const value = numbers.reduce<number>((all, each) => all | (each ?? 0), 0);
  return String(family.kind === 'flags' && family.network === true ? swap16(value) : value);
}

function numberOf(name: string, { names }: Extract<ValueFamily, { kind: 'values' | 'flags' }>): number | undefined {
  if (Object.hasOwn(names, name)) {
    return names[name];
  }
  const ends = Object.keys(names).filter((each) => each.endsWith(`_${name}`));
  const [only, another] = ends;
  return only !== undefined && another === undefined ? names[only] : undefined;
}

/** Sets an array of characters to a text: as much of it as there is room for, and a zero behind it. */
export function textAssignment(target: string, literal: string): string {
  const copy = `while (__n < sizeof(${target})) { __d[__n] = __s[__n]; if (!__s[__n++]) break; }`;
  return `({ char *__d = (char *) (${target}); const char *__s = ${literal}; unsigned int __n = 0; ${copy} __n; })`;
}
