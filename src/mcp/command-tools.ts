/**
 * Tools that are a command each: what the command line says as JSON is the answer.
 *
 * In: values, the host's doors, one cache of compiled kernels. Out: the JSON; lines of JSON become a list, of which as much
 * is given as an answer has room for. A command that refuses is a refusal with its own words; one that finds nothing says so.
 */
import type { CliIo } from '../cli/cli-io';
import { runCli } from '../cli/main';
import type { ProgramCache } from '../facade/open-session';
import { boundedIo, type Bounds } from './bounded-io';
import { Refusal, type Parameter, type Tool, type Values } from './tool';

const scenario: Parameter = {
  type: 'string',
  description: 'Name of a bundled scenario (see `list`) or path of a packetdrill script (.pkt)',
};
const at: Parameter = {
  type: 'string',
  optional: true,
  description:
    'Where to stand: FUNCTION, FUNCTION:LINE, FILE:LINE, or a clock (statements executed); the end by default',
};
const expression: Parameter = { type: 'string', description: 'A C expression, such as sk->state or tcp_port_rover' };

interface CommandTool {
  readonly name: string;
  readonly description: string;
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly words: (values: Values) => readonly string[];
  /** What of the command's JSON is the answer; all of it by default. */
  readonly answer?: (said: unknown, values: Values) => unknown;
}

const place = ({ at: where }: Values): readonly string[] => (where === undefined ? [] : ['--at', String(where)]);

const commands: readonly CommandTool[] = [
  {
    name: 'list',
    description:
      'The bundled scenarios: name, title, theme and the functions that each shows; with find, what each is about.',
    parameters: {
      find: { type: 'string', optional: true, description: 'Only those whose name, title or paragraph has this text' },
    },
    words: () => ['list'],
    answer: listed,
  },
  {
    name: 'who_wrote',
    description:
      'The statement that last wrote a variable, field or element before a moment of a run; with all, every change.',
    parameters: { scenario, expression, at, all: { type: 'boolean', optional: true, description: 'Every change' } },
    words: (values) => [
      ...['who', String(values.scenario), String(values.expression), ...place(values)],
      ...(values.all === true ? ['--all'] : []),
    ],
  },
  {
    name: 'origin',
    description: 'Where a value came from: back through copies, calls, other processes and the wire.',
    parameters: { scenario, expression, at },
    words: (values) => ['origin', String(values.scenario), String(values.expression), ...place(values)],
  },
  {
    name: 'ask',
    description:
      'A question to a whole run: calls(F), returns(F), writes(X), packets, sockets, stops at FILE:LINE; then where CONDITION, show EXPRESSION, from CLOCK, to CLOCK.',
    parameters: {
      scenario,
      question: { type: 'string', description: 'Such as calls(tcp_v4_rcv) where skb->len > 40' },
    },
    words: ({ scenario: name, question }) => ['ask', String(name), String(question)],
  },
  {
    name: 'reach',
    description: 'A bundled scenario that gets to a function, label, line, return or statement of the kernel.',
    parameters: { place: { type: 'string', description: 'FUNCTION, FUNCTION:LABEL, FUNCTION:return#2, FILE:LINE' } },
    words: ({ place: where }) => ['reach', String(where)],
  },
  {
    name: 'explain',
    description: 'Note, type, offset and definition of a function, structure, field, macro, constant, error or line.',
    parameters: { name: { type: 'string', description: 'A name of the kernel, or FILE:LINE' } },
    words: ({ name }) => ['explain', String(name)],
  },
  {
    name: 'document',
    description: 'What of a text, Markdown or HTML document can run in the kernel: its functions, mends and comments.',
    parameters: { file: { type: 'string', description: 'Path of the document' } },
    words: ({ file }) => ['document', String(file)],
  },
];

interface ListedScenario {
  readonly name: string;
  readonly title: { readonly en: string };
  readonly about: { readonly en: string };
  readonly theme: string;
  readonly shows: readonly string[];
}

function listed(said: unknown, { find }: Values): unknown {
  const scenarios = said as readonly ListedScenario[];
  const wanted = find === undefined ? '' : String(find).toLowerCase();
  return scenarios.flatMap(({ name, title, about, theme, shows }) => {
    const has = `${name} ${title.en} ${about.en}`.toLowerCase().includes(wanted);
    return has ? [{ name, title: title.en, ...(wanted === '' ? {} : { about: about.en }), theme, shows }] : [];
  });
}

/** What a command may say for an answer: indentation and what is not told count too. */
const spare = 10;

export function commandTools(host: CliIo, cache: ProgramCache, bounds: Bounds): readonly Tool[] {
  return commands.map(({ words, answer = (said) => said, ...about }) => ({
    ...about,
    call: async (values) => {
      const line = words(values);
      const dashed = line.slice(1).find((word, index) => word.startsWith('-') && !isOption(line, index + 1));
      if (dashed !== undefined) {
        throw new Refusal(`'${dashed}' begins like an option`);
      }
      const { io, out, err, cut } = boundedIo(host, { ...bounds, characters: spare * bounds.characters });
      // The process goes on: it keeps its own cache, and the engine has many runs before it.
      const lasting = { ...io, imageStore: undefined, compileSparingly: undefined };
      const status = await runCli([...line, '--json', '--lang', 'en'], lasting, cache);
      if (status === 2 || (status === 1 && out().trim() === '')) {
        throw new Refusal(err().trim() || 'nothing was found');
      }
      return fitting(answer(parsed(out(), cut()), values), bounds.characters / 2);
    },
  }));
}

/** Words of ours, not of the one who asks. */
function isOption(line: readonly string[], index: number): boolean {
  return line[index] === '--all' || line[index] === '--at';
}

/** As many rows of a list as there is room for; the places that they speak of need room too. */
function fitting(answer: unknown, characters: number): unknown {
  const { rows, cut } = Array.isArray(answer)
    ? { rows: answer as unknown[], cut: undefined }
    : ((answer ?? {}) as Rows);
  if (!Array.isArray(rows)) {
    return answer;
  }
  let left = characters;
  const given = rows.filter((row) => (left -= JSON.stringify(row).length) >= 0);
  return given.length === rows.length
    ? answer
    : { rows: given, cut: cut ?? `there are ${rows.length - given.length} more: ask for less` };
}

interface Rows {
  readonly rows?: unknown;
  readonly cut?: string;
}

/** JSON, or a line of JSON each; what was cut off is told. */
function parsed(text: string, cut: 'length' | 'time' | undefined): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const rows = text.split('\n').flatMap((line) => {
      try {
        return line.trim() === '' ? [] : [JSON.parse(line) as unknown];
      } catch {
        return [];
      }
    });
    return cut
      ? { rows, cut: cut === 'length' ? 'there is more: ask for less' : 'time was up: ask for less' }
      : { rows };
  }
}
