/** Sessions of one program share its image: nothing that is asked in one changes the image or the answers of another. */
import { given } from '../../src/base/checked-access';
import { expect, test } from 'vitest';
import type { Image } from '../../src/abi/image';
import { contentHash } from '../../src/base/bytes';
import { compileProgram, type Program } from '../../src/compile/program';
import { Machine } from '../../src/machine/machine';
import { Session } from '../../src/session/session';
import { MemoryLoader } from '../../src/source/file-loader';
import { parser } from '../semantic/check-c';

const text = `enum state { CLOSED, OPEN = 4 };
struct later;
struct flags { unsigned ready:1, level:5; int sign:3; };
struct sock { enum state state; struct flags flags; struct sock *next; struct later *later; char name[8]; long long big; };
struct sock other = { CLOSED, { 0, 3, -2 }, 0, 0, "two", 7 };
struct sock head = { OPEN, { 1, 17, -1 }, &other, 0, "one", 1LL << 40 };
int run(int n) {
  struct sock *sk = &head;
  n++;
  return n + sk->state;
}
`;

/** Expressions, most with types that the program does not have. */
const expressions = [
  ...['sk', '*sk', 'sk->flags', 'sk->flags.level', 'sk->big', 'n', 'sizeof(struct sock)', '(enum state) 4'],
  ...['(unsigned short) n', '(short (*)[4]) sk->name', '*(short (*)[4]) sk->name', '(double) n / 3', '(float *) &n'],
  ...['(int (*)(int, char *)) 0', '(char ***) 0', '&sk->name', '(const char (*)[3]) sk->name', '(long double) 1'],
  ...['*(struct flags (*)[2]) &sk->flags', '(struct later *) 4096', '(struct nowhere *) sk', '(void (**)(void)) 0'],
  ...['((struct pair { int first; char second:3, third:5; } *) sk)->third', '*(struct pair { int a:3; int b; } *) sk'],
  ...[
    '(struct pair *) sk',
    '((union both { int word; unsigned char byte; } *) sk)->byte',
    '(struct later { int x; } *) sk',
  ],
  ...[
    '*(struct later { int x; } *) sk',
    '(struct later *) sk',
    '(unsigned long long *(*)[7]) 0',
    'n[1]',
    '(enum { A, B }) 1',
  ],
];

async function stopped(program: Program): Promise<Session> {
  const machine = await Machine.create(program.image, { modules: [], checkpointInterval: 50 });
  machine.environment = { returned: () => undefined, advance: () => 'end', save: () => null, restore: () => undefined };
  const task = machine.host.createTask();
  machine.currentTask = task;
  machine.host.pushCall(task, program.image.functionIds['run']!, [2], null);
  const session = new Session({ machine, program, parser, stepBudget: 100_000 });
  session.setBreakpoints('t.c', [{ line: 9 }]);
  expect((await session.start({ stopOnEntry: false })).reason).toBe('breakpoint');
  return session;
}

/** The value with its members down to the third level, as one text. */
function answer(session: Session, expression: string): string {
  const { value, diagnostics } = session.evaluate(expression, session.stack(session.stop.thread)[0]);
  const told = (node: NonNullable<typeof value>, depth: number): unknown => [
    node.name,
    node.type,
    node.display,
    node.size,
    String(JSON.stringify(node.scalar, (_key, each: unknown) => (typeof each === 'bigint' ? `${each}n` : each))),
    depth > 2 ? [] : node.children(0, 20).map((child) => told(child, depth + 1)),
  ];
  return JSON.stringify(value ? told(value, 0) : diagnostics.map(({ message }) => message));
}

function deepFreeze(value: unknown): void {
  if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value) && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
}

const checksum = (image: Image): string =>
  contentHash(
    JSON.stringify(image, (_key, each: unknown) => (ArrayBuffer.isView(each) ? [...(each as Uint8Array)] : each)),
  );

test('an image is only read, and answers do not depend on what was asked before', async () => {
  const { program, diagnostics } = compileProgram(
    {
      loader: new MemoryLoader([['t.c', text]]),
      sources: ['t.c'],
      includePaths: [],
      defines: {},
      build: { services: new Set<string>(), heapSize: 1 << 16 },
    },
    parser,
  );
  expect(diagnostics).toEqual([]);
  const before = checksum(given(program, 'program').image);
  deepFreeze(given(program, 'program').image);
  const [one, two] = [await stopped(given(program, 'program')), await stopped(given(program, 'program'))];
  const first = expressions.map((expression) => answer(one, expression));
  const alone: string[] = [];
  for (const expression of expressions) {
    alone.push(answer(await stopped(given(program, 'program')), expression));
  }
  expect(first).toEqual(alone);
  expect([...expressions].reverse().map((expression) => answer(two, expression))).toEqual([...alone].reverse());
  expect(expressions.map((expression) => answer(one, expression))).toEqual(alone);
  expect(checksum(given(program, 'program').image)).toBe(before);
});

test('a type that only an expression has keeps its bit-fields', async () => {
  const { program } = compileProgram(
    {
      loader: new MemoryLoader([['t.c', text]]),
      sources: ['t.c'],
      includePaths: [],
      defines: {},
      build: { services: new Set<string>(), heapSize: 1 << 16 },
    },
    parser,
  );
  const session = await stopped(given(program, 'program'));
  const frame = session.stack(session.stop.thread)[0];
  const node = given(session.evaluate('*(struct bits { unsigned low:2, high:6; } *) &sk->flags', frame).value, 'value');
  expect(node.children().map((child) => `${child.name} = ${child.display}`)).toEqual(['low = 3', 'high = 56']);
});
