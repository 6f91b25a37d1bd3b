/**
 * What a tool is: its name, what it is for, what it takes, and what it does.
 *
 * In: arguments as JSON, checked here by their shape. Out: an answer as JSON, with the places that it speaks of.
 */
import type { SourceFile } from '../source/source-file';
import { citationsOf, type Citation } from './citations';

export interface Parameter {
  readonly type: 'string' | 'integer' | 'boolean';
  readonly description: string;
  readonly optional?: true;
  readonly choices?: readonly string[];
}

export type Values = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Tool {
  readonly name: string;
  readonly description: string;
  readonly parameters: Readonly<Record<string, Parameter>>;
  /** Refusals are thrown as {@link Refusal}. */
  readonly call: (values: Values) => Promise<unknown>;
}

/** Said to the one who asked. */
export class Refusal extends Error {}

export interface Answer {
  readonly answer: unknown;
  readonly cites: readonly Citation[];
  readonly isError: boolean;
}

/** A JSON schema of what a tool takes. */
export function schemaOf({ parameters }: Tool): object {
  const entries = Object.entries(parameters);
  return {
    type: 'object',
    properties: Object.fromEntries(
      entries.map(([name, { type, description, choices }]) => [
        name,
        { type, description, ...(choices ? { enum: choices } : {}) },
      ]),
    ),
    required: entries.filter(([, { optional }]) => !optional).map(([name]) => name),
    additionalProperties: false,
  };
}

/** Calls a tool; what is wrong with the arguments is the answer. */
export async function answerOf(
  tool: Tool,
  given: unknown,
  sources: () => Promise<(path: string) => SourceFile | undefined>,
): Promise<Answer> {
  try {
    const answer = await tool.call(checked(tool, given));
    return { answer, cites: citationsOf(answer, await sources()), isError: false };
  } catch (error) {
    if (error instanceof Refusal) {
      return { answer: { error: error.message }, cites: [], isError: true };
    }
    throw error;
  }
}

function checked({ parameters }: Tool, given: unknown): Values {
  const values = typeof given === 'object' && given !== null ? (given as Readonly<Record<string, unknown>>) : {};
  for (const name of Object.keys(values)) {
    if (!Object.hasOwn(parameters, name)) {
      throw new Refusal(`there is no parameter '${name}': ${Object.keys(parameters).join(', ')}`);
    }
  }
  for (const [name, { type, optional, choices }] of Object.entries(parameters)) {
    const value = values[name];
    const fits =
      value === undefined
        ? optional
        : type === 'integer'
          ? Number.isSafeInteger(value)
          : typeof value === type && (!choices || choices.includes(String(value)));
    if (!fits) {
      const wanted = choices ? `one of ${choices.join(', ')}` : type;
      throw new Refusal(value === undefined ? `the parameter '${name}' is missing` : `'${name}' takes ${wanted}`);
    }
  }
  return values as Values;
}
