/**
 * Answers what a person asks of a stopped machine: a C expression, or one of the forms of `requested.ts`.
 *
 * In: an evaluator, a frame, the text. Out: a value node, or a diagnostic that says what is wrong. C is tried first; what
 * is no C here and has the form of a command is taken for one.
 */
import { formatAddress } from '../base/bytes';
import { sentence } from '../sentences/sentence';
import type { Diagnostic } from '../source/diagnostic';
import { problem } from './evaluation-problems';
import { nodeOf } from './evaluated-node';
import { textAssignment, writtenForm } from './displayed-form';
import type { EvaluationOptions, EvaluationResult, Evaluator } from './evaluator';
import { commandIn, sliceIn, type Command } from './requested';
import { examined, shownAs } from './shown-as';
import { readableBytes, type ValueContext } from './value-context';
import type { StackFrame, ValueNode } from './value-model';
import { quoteText } from './value-text';
import { typeOf } from './value-types';

export interface Answer {
  readonly value?: ValueNode | undefined;
  readonly changed?: EvaluationResult['changed'];
  readonly diagnostics: readonly Diagnostic[];
}

/** Elements that a slice has at most. */
const LONGEST_SLICE = 65_536;
/** Bytes of a text that `x/s` shows. */
const LONGEST_TEXT = 1000;

export class Answerer {
  constructor(
    private readonly evaluator: Evaluator,
    private readonly context: () => ValueContext,
  ) {}

  answer(text: string, frame: StackFrame | undefined, options: EvaluationOptions): Answer {
    const plain = this.expression(text, frame, options);
    const command = plain.value || this.isC(text, frame) ? undefined : commandIn(text);
    return command ? this.command(text, command, frame, options) : plain;
  }

  /** Whether a text is C here, whatever comes of it: `p->next` where `p` is null has no value, and is no command. */
  private isC(text: string, frame: StackFrame | undefined): boolean {
    return this.evaluator.mistakeIn(sliceIn(text)?.first ?? text, frame) === undefined;
  }

  /**
   * Sets a place to what is written: C, or a form in which values are shown (`displayed-form.ts`). C is tried first, but
   * where bits are in network byte order. `evaluate` runs an assignment and keeps what it changes.
   */
  assign<Done extends Answer>(
    target: string,
    written: string,
    frame: StackFrame | undefined,
    evaluate: (assignment: string) => Done,
  ): Done {
    const { evaluated } = this.evaluator.evaluate(target, frame, { sideEffects: false });
    const { text, isFirst } = writtenForm(written, evaluated?.member, this.context());
    const type = evaluated && typeOf(this.evaluator.debug, evaluated.type);
    const forms = isFirst ? [text, written] : [written, text];
    const assignments =
      type?.kind === 'array' && /^\s*"/.test(written)
        ? [textAssignment(target, written)]
        : [...new Set(forms)].map((form) => `(${target}) = (${form})`);
    const done = evaluate(assignments[0] ?? written);
    const other = done.value || assignments[1] === undefined ? done : evaluate(assignments[1]);
    return other.value ? other : done;
  }

  private expression(text: string, frame: StackFrame | undefined, options: EvaluationOptions): Answer {
    const slice = sliceIn(text);
    if (slice) {
      return this.slice(text, slice, frame, options);
    }
    const { evaluated, changed, diagnostics } = this.evaluator.evaluate(text, frame, options);
    return { value: evaluated && nodeOf(this.context(), evaluated, text), changed, diagnostics };
  }

  private command(text: string, command: Command, frame: StackFrame | undefined, options: EvaluationOptions): Answer {
    if (command.kind === 'unknown') {
      const { format } = command;
      return bad(text, sentence('format-is-no-format', { format }), sentence('the-formats-are'));
    }
    const { value, ...rest } = this.expression(command.text, frame, options);
    if (!value) {
      return rest;
    }
    if (command.kind === 'print') {
      return { ...rest, value: command.format ? shownAs(this.context(), value, command.format) : value };
    }
    const address = addressIn(value);
    return address === undefined
      ? bad(text, sentence('what-is-no-address', { what: command.text }))
      : { ...rest, ...this.examine(text, command, address) };
  }

  private examine(text: string, command: Extract<Command, { kind: 'examine' }>, address: number): Answer {
    const context = this.context();
    const { count, unit, format } = command;
    const size = format === 's' ? 1 : count * unit;
    const there = readableBytes(context, address, size);
    if (there < size) {
      return bad(text, sentence('there-is-no-memory-at-address', { address: formatAddress(address + there) }));
    }
    const value =
      format === 's' ? textsAt(context, text, address, count) : examined(context, { name: text, address, ...command });
    return { value, diagnostics: [] };
  }

  /** `E@N` is an array of N that begins at E. */
  private slice(
    text: string,
    { first, count }: { readonly first: string; readonly count: string },
    frame: StackFrame | undefined,
    options: EvaluationOptions,
  ): Answer {
    const length = this.evaluator.evaluate(count, frame, options);
    const scalar = length.evaluated && nodeOf(this.context(), length.evaluated, count).scalar;
    if (!scalar) {
      return { diagnostics: length.diagnostics };
    }
    const elements = scalar.kind === 'integer' ? Number(scalar.value) : 0;
    if (elements < 1 || elements > LONGEST_SLICE) {
      return bad(text, sentence('behind-the-at-sign-stands-a-number-from-1-to-most', { most: LONGEST_SLICE }));
    }
    const array = `*(__typeof__(${first}) (*)[${elements}]) &(${first})`;
    const { evaluated, changed, diagnostics } = this.evaluator.evaluate(array, frame, options);
    const value = evaluated && nodeOf(this.context(), evaluated, array);
    const { address = 0, size = 0 } = value ?? {};
    const there = readableBytes(this.context(), address, size);
    if (there < size) {
      return bad(text, sentence('there-is-no-memory-at-address', { address: formatAddress(address + there) }));
    }
    return { value: value && { ...value, name: text }, changed, diagnostics };
  }
}

/** A pointer's value, an integer that can be an address, or where an array or a struct lies. */
function addressIn({ scalar, address }: ValueNode): number | undefined {
  switch (scalar.kind) {
    case 'pointer':
      return scalar.address;
    case 'integer':
      return Number(BigInt.asUintN(32, BigInt(scalar.value)));
    case 'none':
      return address;
    case 'floating':
      return undefined;
  }
}

/** `count` texts, one behind the other. */
function textsAt({ memory }: ValueContext, name: string, address: number, count: number): ValueNode {
  const texts: { readonly at: number; readonly text: string }[] = [];
  let at = address;
  for (let index = 0; index < count && memory.contains(at, 1); index++) {
    const bytes: number[] = [];
    const start = at;
    while (bytes.length < LONGEST_TEXT && memory.contains(at, 1) && memory.u8(at) !== 0) {
      bytes.push(memory.u8(at++));
    }
    at++;
    texts.push({ at: start, text: quoteText(bytes) ?? `"${bytes.map(escaped).join('')}"` });
  }
  return {
    name,
    type: 'char *',
    display: texts.map((each) => `${formatAddress(each.at)}: ${each.text}`).join('\n'),
    scalar: { kind: 'none' },
    address,
    named: 0,
    indexed: 0,
    children: () => [],
  };
}

function escaped(byte: number): string {
  return quoteText([byte])?.slice(1, -1) ?? `\\${byte.toString(8).padStart(3, '0')}`;
}

function bad(
  text: string,
  ...message: Parameters<typeof problem> extends [string, ...infer Rest] ? Rest : never
): Answer {
  return { diagnostics: [problem(text, ...message)] };
}
