/**
 * What a statement is about: the objects that its expressions go through, and the bytes they name.
 *
 * In: a statement's text as written, the variables of its frame. Out: objects with their C expressions, in the order in
 * which the text names them, and address ranges. A path is a name and what `->` and `.` lead to from there
 * (`sk->tp_pinfo.af_tcp.rto`); calls, subscripts and macros end it. Nothing is evaluated but pointers that are there.
 */
import type { TypeId } from '../abi/debug-info';
import { locateField } from './graph-read';
import type { GraphRoot } from './graph-types';
import type { StackFrame } from './value-model';
import { isReadable, type ValueContext } from './value-context';
import { recordOf, typeOf } from './value-types';
import { visibleVariables } from './visible';

export interface TouchedBytes {
  readonly address: number;
  readonly size: number;
}

export interface Touched {
  /** Objects behind pointers, and records on the stack. */
  readonly objects: readonly GraphRoot[];
  readonly bytes: readonly TouchedBytes[];
}

const PATH = /[A-Za-z_]\w*(?:\s*(?:->|\.)\s*[A-Za-z_]\w*)*/g;

/** A place that a path has come to. */
interface Place {
  readonly type: TypeId;
  readonly address: number;
  readonly expression: string;
}

/** The objects and bytes that the statement's text names. */
export function touchedBy(context: ValueContext, frame: StackFrame, statement: string): Touched {
  const variables = new Map(
    visibleVariables(context.debug, frame).map(({ variable, address }) => [
      variable.name,
      { type: variable.type, address, expression: variable.name },
    ]),
  );
  const objects = new Map<number, GraphRoot>();
  const bytes: TouchedBytes[] = [];
  for (const [path] of withoutText(statement).matchAll(PATH)) {
    const [name = '', ...steps] = path.split(/\s*(->|\.)\s*/);
    const variable = variables.get(name);
    if (variable) {
      follow(context, variable, steps, objects, bytes);
    }
  }
  return { objects: [...objects.values()], bytes };
}

function follow(
  context: ValueContext,
  variable: Place,
  steps: readonly string[],
  objects: Map<number, GraphRoot>,
  bytes: TouchedBytes[],
): void {
  let at: Place | undefined = variable;
  let isDirect = true;
  for (let index = 0; index < steps.length; index += 2) {
    const [operator, member] = [steps[index], steps[index + 1] ?? ''];
    const owner: Place | undefined = operator === '->' ? pointedAt(context, at, objects) : at;
    const field: ReturnType<typeof locateField> = owner && locateField(context, owner.type, owner.address, member);
    if (!owner || !field) {
      return;
    }
    isDirect = false;
    at = { type: field.field.type, address: field.address, expression: `${owner.expression}${operator}${member}` };
  }
  bytes.push({ address: at.address, size: Math.max(typeOf(context.debug, at.type).size, 1) });
  // What is handed on or compared is meant with what it points to.
  pointedAt(context, at, objects);
  if (isDirect && recordOf(context.debug, at.type)) {
    objects.set(at.address, { ...at, access: '.', cost: 0 });
  }
}

/** The record a pointer leads to, which is noted. */
function pointedAt(context: ValueContext, pointer: Place, objects: Map<number, GraphRoot>): Place | undefined {
  const type = typeOf(context.debug, pointer.type);
  if (type.kind !== 'pointer' || !context.memory.contains(pointer.address, 4)) {
    return undefined;
  }
  const record = recordOf(context.debug, type.to);
  const address = context.memory.u32(pointer.address);
  if (!record || !isReadable(context, address, record.size)) {
    return undefined;
  }
  const place = { type: type.to, address, expression: pointer.expression };
  if (!objects.has(address)) {
    objects.set(address, { ...place, access: '->', cost: 0, unsure: true });
  }
  return place;
}

/** Without what stands in quotes or comments. */
function withoutText(statement: string): string {
  return statement.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\/\*[\s\S]*?\*\/|\/\/.*/g, ' ');
}
