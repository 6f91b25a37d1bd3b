/**
 * Oracle cases mutated by structure: a value of the JSON tree is dropped, doubled, given another type, nested, renamed,
 * given keys that every object has, or made huge. Starts from cases of our own that use every call and every kind of
 * expectation.
 */
import { inheritedNames, strangeNumber } from './mutate-text.mjs';

const local = { family: 'AF_INET', ip: '127.0.0.1', port: 5000 };
const fd = { ret: 'fd' };
const zero = { ret: 0 };
const stream = ['AF_INET', 'SOCK_STREAM', 0];

function step(p, call, args, expect24, more = {}) {
  return { p, call, args, expect24, ...more };
}

const pair = [
  step('A', 'socket', stream, fd, { save: 'l' }),
  step('A', 'bind', ['l', local, 16], zero),
  step('A', 'listen', ['l', 5], zero),
  step('A', 'getsockname', ['l', 'buf', 16], { ret: 0, addr: { ip: '127.0.0.1', port: 5000 }, addrlen: 16 }),
  step('B', 'socket', stream, fd, { save: 'c' }),
  step('B', 'connect', ['c', local, 16], zero, { save_port: 'P' }),
  step('A', 'accept', ['l', 'buf', 16], { ret: 'fd', addrlen: 16 }, { save: 'a' }),
];

const own = [
  {
    id: 'pair',
    title: 'data both ways',
    caps: [],
    procs: ['A', 'B'],
    needs: ['data'],
    sysctl: { ip_local_port_range: '2000 3000' },
    setup: pair.slice(0, 3),
    steps: [
      ...pair.slice(3),
      step('B', 'send', ['c', 'hello'], { ret: 5 }),
      step('A', 'recv', ['a', 100], { ret: 5, data: 'hello' }),
      step('A', 'setsockopt', ['a', 'SO_LINGER', [1, 0]], zero),
      step('A', 'getsockopt', ['a', 'SO_ERROR'], { ret: 0, value: 0 }),
      step('A', 'shutdown', ['a', 1], zero),
      step('A', 'close', ['a'], zero),
      step('B', 'fcntl', ['c', 'F_SETFL', 'O_NONBLOCK'], zero),
      step('B', 'getpeername', ['c', null, 16], { errno: 'EFAULT' }),
    ],
  },
  {
    id: 'waiting',
    title: 'a blocking accept, a signal, a child',
    caps: ['CAP_NET_RAW', 'CAP_NET_BIND_SERVICE'],
    procs: ['A', 'B'],
    setup: pair.slice(0, 3),
    steps: [
      step('A', 'sigaction', ['SIGUSR1', 'handler', false], zero),
      step('A', 'setsockopt', ['l', 'SO_RCVTIMEO', 500], zero),
      step('A', 'accept', ['l', null, null], { blocks: true }, { async: 'w', save: 'a' }),
      { call: 'pending', args: ['w'], expect24: zero },
      { call: 'sleep', args: [50], expect24: zero },
      { call: 'kill', args: ['A', 'SIGUSR1'], expect24: zero },
      { call: 'wait', args: ['w'], expect24: { errno: 'EINTR', elapsed_ms: [0, 600] } },
      step('B', 'fork', ['C'], zero),
      step('C', 'socket', ['AF_INET', 'SOCK_RAW', 'IPPROTO_ICMP'], fd, { save: 'r' }),
      step('C', 'sendto', ['r', 'x', { family: 2, hex: '020000007f000001' }], { ret: 1 }),
      step('C', 'limit_fds', [0], zero),
      step('C', 'open_nonsocket', [], { errno: 'EMFILE' }),
      step('B', 'socketpair', ['AF_UNIX', 'SOCK_STREAM', 0], { errno: 'EAFNOSUPPORT' }),
    ],
  },
  {
    id: 'arguments',
    procs: ['A'],
    steps: [
      step('A', 'socket', ['AF_INET', 'SOCK_DGRAM', 'IPPROTO_UDP'], fd, { save: 'u' }),
      step('A', 'bind', ['u', 'bad', 16], { errno: 'EFAULT' }),
      step('A', 'bind', ['u', null, 128], { errno: 'EFAULT' }),
      step('A', 'connect', ['u', { ...local, port: '$P+1' }, 2], { errno: 'EINVAL' }),
      step('A', 'bind', [99, local, 16], { errno: 'EBADF' }),
      step('A', 'getsockname', ['u', 'buf', 'bad'], { errno: 'EFAULT' }),
      step('A', 'listen', ['u', 5], { errno: 'EOPNOTSUPP' }, { expect2416: { errno: 'EOPNOTSUPP' } }),
    ],
  },
];

/** Every place of a tree: what holds it, and under which key. */
function placesOf(value, places = []) {
  if (typeof value === 'object' && value !== null) {
    for (const key of Object.keys(value)) {
      places.push({ holder: value, key });
      placesOf(value[key], places);
    }
  }
  return places;
}

function nested(value, depth, random) {
  const wrap = random.chance(0.5) ? (inner) => [inner] : (inner) => ({ cases: inner });
  let result = value;
  for (let level = 0; level < depth; level++) {
    result = wrap(result);
  }
  return result;
}

const strangers = [null, true, '', [], {}, [[]], -1, 1e308, 'A', '$P', '\u0000', { ret: {} }, [null], '__proto__'];

/** Changes one place of the tree; `late` collects replacements that JSON.stringify cannot write. */
function change(tree, random, late) {
  const places = placesOf(tree);
  if (places.length === 0) {
    return 'nothing';
  }
  const { holder, key } = random.pick(places);
  const marked = (text) => {
    late.push(text);
    return `\u0001${late.length - 1}\u0001`;
  };
  switch (random.below(10)) {
    case 0:
      if (Array.isArray(holder)) {
        holder.splice(Number(key), 1);
      } else {
        delete holder[key];
      }
      return 'drop';
    case 1:
      if (Array.isArray(holder)) {
        const copies = Math.min(random.pick([1, 3, 40, 300]), 3000);
        holder.splice(Number(key), 0, ...Array.from({ length: copies }, () => structuredClone(holder[key])));
      } else {
        holder[`${key}2`] = holder[key];
      }
      return 'duplicate';
    case 2:
    case 3:
      holder[key] = random.pick(strangers);
      return 'retype';
    case 4:
      holder[key] = marked(strangeNumber(random));
      return 'number';
    case 5:
      holder[key] = nested(holder[key], random.pick([1, 2, 50, 2000]), random);
      return 'nest';
    case 6: {
      if (Array.isArray(holder)) {
        holder.push(...holder.splice(Number(key), 1));
        return 'to the end';
      }
      const held = holder[key];
      delete holder[key];
      Object.defineProperty(holder, random.pick([...inheritedNames, '', 'x', '\u0000']), {
        value: held,
        enumerable: true,
        configurable: true,
        writable: true,
      });
      return 'rename';
    }
    case 7:
      holder[key] = random.pick(inheritedNames);
      return 'inherited name';
    case 8:
      holder[key] = Array.from({ length: random.pick([100, 10_000, 200_000]) }, () => random.pick([0, 'A', null]));
      return 'huge array';
    default:
      holder[key] = 'x'.repeat(random.pick([100, 70_000, 3_000_000]));
      return 'huge text';
  }
}

export function makeCase(random) {
  const tree = { cases: structuredClone(random.some(own, random.between(1, 3))) };
  const late = [];
  const about = [];
  for (let count = random.pick([1, 1, 2, 4]); count > 0; count--) {
    about.push(change(tree, random, late));
  }
  let text = JSON.stringify(tree, undefined, 1).replace(/"\\u0001(\d+)\\u0001"/g, (_, index) => late[index]);
  if (random.chance(0.05)) {
    text = random.pick([text.slice(0, random.below(text.length)), `\ufeff${text}`, `[${text}]`, '', '[', 'null', '7']);
    about.push('text');
  }
  const file = 'input.json';
  return { about: about.join(', '), file, data: Buffer.from(text, 'utf8'), runs: [['check', file]] };
}
