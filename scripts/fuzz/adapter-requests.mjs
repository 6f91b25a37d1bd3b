/**
 * Requests of the Debug Adapter Protocol at random: as a client might send them, with fields of the wrong kind, with ids
 * that never were, and of names that there are none.
 *
 * In: a random source, ids that the adapter has given out. Out: a request, and whether it must be refused.
 */

const numbers = [-1, 0, 1, 2, 3, 7, 20, 100, 1500, 65_535, 2 ** 31 - 1, 2 ** 32, 1e12];
const texts = [
  ...[
    '',
    'sk',
    'sk->state',
    'jiffies',
    'tcp_prot',
    '1+1',
    '*(int *)0',
    'no_such',
    '}{',
    '1/0',
    '"text"',
    'sk->next->next',
  ],
  ...[
    '中文',
    'sizeof(struct sock)',
    '((struct sock *)0)->state',
    'x = 1',
    'jiffies = 5',
    '({ for (;;) ; 1; })',
    '0x',
    '%s%n',
  ],
  ...[
    'EADDRINUSE',
    'fault',
    'sys_socket',
    'inet_create',
    '0x1000',
    '0xffffffff',
    'AAAA',
    '=',
    '\u0000',
    'a'.repeat(5000),
  ],
];
const wrong = [null, true, 'three', 1.5, [], {}, [[]], { a: { b: 1 } }, '', -0.5];

const step = { threadId: 'thread', granularity: 'granularity?' };
const conditions = { condition: 'text?', hitCondition: 'text?' };

/** Arguments of each request: a name says how a field is made; `?` may be left out. */
export const requests = {
  threads: {},
  stackTrace: { threadId: 'thread', startFrame: 'small?', levels: 'small?' },
  scopes: { frameId: 'frame' },
  variables: { variablesReference: 'reference', start: 'small?', count: 'small?' },
  evaluate: { expression: 'text', frameId: 'frame?', context: 'context?' },
  setVariable: { variablesReference: 'reference', name: 'text', value: 'text' },
  setExpression: { expression: 'text', value: 'text', frameId: 'frame?' },
  completions: { text: 'text', column: 'small', line: 'small?', frameId: 'frame?' },
  readMemory: { memoryReference: 'memory', offset: 'number?', count: 'small' },
  writeMemory: { memoryReference: 'memory', data: 'data' },
  dataBreakpointInfo: { name: 'text', frameId: 'frame?', variablesReference: 'reference?' },
  setDataBreakpoints: { breakpoints: [{ dataId: 'dataId', ...conditions }] },
  setFunctionBreakpoints: { breakpoints: [{ name: 'text', ...conditions }] },
  setBreakpoints: { source: 'source', breakpoints: [{ line: 'small', ...conditions, logMessage: 'text?' }] },
  setExceptionBreakpoints: { filters: ['text'] },
  breakpointLocations: { source: 'source', line: 'small', endLine: 'small?' },
  exceptionInfo: { threadId: 'thread' },
  locations: { locationReference: 'location' },
  source: { source: 'source', sourceReference: 'small' },
  modules: { startModule: 'small?', moduleCount: 'small?' },
  loadedSources: {},
  stepInTargets: { frameId: 'frame' },
  gotoTargets: { source: 'source', line: 'small' },
  goto: { threadId: 'thread', targetId: 'target' },
  restartFrame: { frameId: 'frame' },
  next: step,
  stepIn: { ...step, targetId: 'target?' },
  stepOut: step,
  stepBack: step,
  continue: { threadId: 'thread' },
  reverseContinue: { threadId: 'thread' },
  pause: { threadId: 'thread?' },
  cancel: { requestId: 'number?', progressId: 'text?' },
  restart: {},
  configurationDone: {},
  'sockscope/stepBackInto': step,
  'sockscope/stepBackOut': step,
  'sockscope/travelTo': { clock: 'clock' },
  'sockscope/branches': {},
  'sockscope/branch': { name: 'text?' },
  'sockscope/switchBranch': { name: 'text', clock: 'clock?' },
  'sockscope/undoBranch': {},
  'sockscope/intervene': { kind: 'deed', packet: 'small?', milliseconds: 'small?', nth: 'small?', cache: 'text?' },
  'sockscope/compareBranches': { a: 'text', b: 'text' },
  'sockscope/setMoments': { moments: [{ name: 'text', clock: 'clock', branch: 'text' }] },
  'sockscope/markMoment': { name: 'text' },
  'sockscope/moments': {},
  'sockscope/goToMoment': { name: 'text' },
  'sockscope/happenings': { from: 'clock?', to: 'clock?', kinds: ['text'] },
  'sockscope/made': {},
  'sockscope/origin': { expression: 'text', frameId: 'frame?' },
  'sockscope/whoWrote': { expression: 'text', frameId: 'frame?' },
  'sockscope/nextChange': { memoryReference: 'memory', offset: 'small?', count: 'small?' },
  'sockscope/changes': { variablesReference: 'reference', name: 'text', limit: 'small?' },
  'sockscope/ask': { question: 'question', frameId: 'frame?', limit: 'small?' },
};

const questions = [
  'calls(tcp_v4_rcv)',
  'writes(jiffies)',
  'returns(inet_bind) where $ret < 0',
  'packets where syn',
  '',
];
const deeds = ['drop-packet', 'delay-packet', 'fail-allocation', 'run-first', 'x', ''];

const unknownNames = [
  'attach',
  'disassemble',
  'nonsense',
  'toString',
  '__proto__',
  'constructor',
  'terminateThreads',
  '',
];

/** What each name of a field becomes; ids are those given out so far, or ones that never were. */
function makers(random, known) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  const id = (list) => (list.length > 0 && random() < 0.9 ? pick(list) : pick(numbers));
  return {
    text: () => pick(texts),
    number: () => pick(numbers),
    small: () => Math.floor(random() * 60),
    thread: () => id(known.threads),
    frame: () => id(known.frames),
    reference: () => id(known.references),
    location: () => id(known.locations),
    target: () => id(known.targets),
    memory: () => (random() < 0.8 && known.memory.length > 0 ? pick(known.memory) : pick(texts)),
    dataId: () => (random() < 0.8 && known.dataIds.length > 0 ? pick(known.dataIds) : pick(texts)),
    source: () => (known.sources.length > 0 && random() < 0.9 ? pick(known.sources) : { path: pick(texts) }),
    data: () => pick(['AAAA', 'AQIDBA==', '!!', 'A'.repeat(400)]),
    context: () => pick(['watch', 'repl', 'hover', 'clipboard', 'variables', 'x']),
    granularity: () => pick(['line', 'statement', 'instruction', 'x']),
    question: () => pick(random() < 0.7 ? questions : texts),
    deed: () => pick(deeds),
    clock: () => (random() < 0.8 ? Math.floor(random() * 9000) : pick(numbers)),
  };
}

function make(shape, random, making) {
  if (typeof shape === 'string') {
    return making[shape.replace('?', '')]();
  }
  if (Array.isArray(shape)) {
    return Array.from({ length: Math.floor(random() * 3) }, () => make(shape[0], random, making));
  }
  const made = {};
  for (const [name, field] of Object.entries(shape)) {
    if (typeof field !== 'string' || !field.endsWith('?') || random() < 0.4) {
      made[name] = make(field, random, making);
    }
  }
  return made;
}

/** Whether a value can stand where a field of that name is asked for; what may be left out may also be null. */
function fits(field, value) {
  if (typeof field !== 'string') {
    return Array.isArray(field)
      ? Array.isArray(value)
      : typeof value === 'object' && value !== null && !Array.isArray(value);
  }
  const name = field.replace('?', '');
  if (field.endsWith('?') && (value === null || value === undefined)) {
    return true;
  }
  if (name === 'source') {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  }
  const isText = ['text', 'memory', 'dataId', 'data', 'context', 'granularity', 'question', 'deed'].includes(name);
  return isText ? typeof value === 'string' : Number.isSafeInteger(value);
}

/** Fields that have no one-word shape and may be missing. */
const mayBeLeftOut = new Set(['setBreakpoints breakpoints', 'source source', 'sockscope/happenings kinds']);

/** One request; `nonsense` says why it must be refused. */
export function makeRequest(random, known) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  const kind = random();
  if (kind < 0.05) {
    return { command: pick(unknownNames), arguments: {}, nonsense: 'a name that there is not' };
  }
  const command = pick(Object.keys(requests));
  const shape = requests[command];
  const args = make(shape, random, makers(random, known));
  const fields = Object.keys(shape);
  if (kind < 0.1 && fields.length > 0) {
    return { command, arguments: pick([[], 3, 'x', true]), nonsense: 'arguments that are no object' };
  }
  if (kind < 0.3 && fields.length > 0) {
    const field = pick(fields);
    const value = pick(wrong);
    args[field] = value;
    const mayMiss = value === null && mayBeLeftOut.has(`${command} ${field}`);
    const misfit = !mayMiss && !fits(shape[field], value);
    return { command, arguments: args, ...(misfit ? { nonsense: `${field}: ${JSON.stringify(value)}` } : {}) };
  }
  if (kind < 0.35) {
    const required = fields.filter((field) => typeof shape[field] !== 'string' || !shape[field].endsWith('?'));
    const field = required.length > 0 ? pick(required) : undefined;
    const mayMiss = mayBeLeftOut.has(`${command} ${field}`);
    delete args[field];
    return { command, arguments: args, ...(field && !mayMiss ? { nonsense: `${field} is missing` } : {}) };
  }
  const unknownId = ['threadId', 'frameId', 'variablesReference', 'locationReference', 'targetId'].find(
    (field) => args[field] !== undefined && !known.all.has(args[field]),
  );
  const anyThread = ['continue', 'reverseContinue', 'pause'].includes(command) && unknownId === 'threadId';
  return { command, arguments: args, ...(unknownId && !anyThread ? { nonsense: `${unknownId} was never given` } : {}) };
}
