/**
 * Damaged kernel trees: the bundled kernel's files laid out as a tree, a small tree of a few files, or a real one
 * (`SOCKSCOPE_KERNEL`; only the parts that are read). Files are deleted, cut, exchanged, their bytes changed, links put
 * in a circle, folders put where files were, lines made huge. `doctor`, `functions` and `run` look at each.
 *
 * A tree is made of hard links to the undamaged one, so that one costs little; damage replaces a file, never writes into
 * it.
 */
import * as fs from 'node:fs';
import { dirname, join } from 'node:path';
import { mutations } from './mutate-text.mjs';
import { once, textsBelow } from './sources.mjs';

/** Parts of a real tree that are read, and how deep. */
const realParts = [
  'Makefile',
  'Rules.make',
  'net',
  'include/linux',
  'include/net',
  'include/asm-i386',
  'include/asm-generic',
  'kernel',
  'lib',
  'fs',
  'init',
  'mm',
  'drivers/net/Space.c',
  'drivers/net/loopback.c',
  'drivers/net/Makefile',
  'arch/i386/kernel',
  'arch/i386/lib',
];

const makefile = (sublevel) => `VERSION = 2\nPATCHLEVEL = 4\nSUBLEVEL = ${sublevel}\nEXTRAVERSION =\n`;

const small = {
  Makefile: makefile(18),
  'include/net/sock.h':
    '#ifndef SOCK_H\n#define SOCK_H\n#include <linux/list.h>\nstruct sock { int state; struct list_head list; struct sock *next; };\nextern int tcp_accept(struct sock *sk);\n#endif\n',
  'include/linux/list.h':
    'struct list_head { struct list_head *next, *prev; };\n#define INIT_LIST_HEAD(p) do { (p)->next = (p); (p)->prev = (p); } while (0)\n',
  'include/linux/config.h': '#define CONFIG_INET 1\n',
  'net/socket.c':
    '#include <net/sock.h>\nlong sys_socket(int family, int type, int protocol)\n{\n\tif (family != 2)\n\t\treturn -97;\n\treturn inet_create(type);\n}\n',
  'net/ipv4/af_inet.c':
    '#include <linux/config.h>\n#include <net/sock.h>\nstatic struct sock first;\nint inet_create(int type)\n{\n\tINIT_LIST_HEAD(&first.list);\n\tif (type > 10)\n\t\tgoto bad;\n\tfirst.state = type;\n\treturn tcp_accept(&first);\nbad:\n\treturn -22;\n}\n',
  'net/ipv4/tcp.c':
    '#include <net/sock.h>\nint tcp_accept(struct sock *sk)\n{\n\twhile (sk && sk->state > 3)\n\t\tsk = sk->next;\n\treturn sk ? sk->state : -11;\n}\n',
  'net/Makefile': 'obj-y := socket.o\n',
  'net/ipv4/Makefile': 'obj-y := af_inet.o tcp.o\n',
  'kernel/sched.c': 'long schedule_timeout(long timeout)\n{\n\treturn timeout;\n}\n',
};

const bundled = once(() =>
  Object.fromEntries([
    ['Makefile', makefile(0)],
    ...[...textsBelow('media/kernel', '.c'), ...textsBelow('media/kernel', '.h')].map(({ path, text }) => [
      path.slice('media/kernel/'.length),
      text,
    ]),
  ]),
);

function writeTree(files, folder) {
  for (const [path, text] of Object.entries(files)) {
    fs.mkdirSync(dirname(join(folder, path)), { recursive: true });
    fs.writeFileSync(join(folder, path), text);
  }
}

function copyReal(from, folder) {
  for (const part of realParts.filter((each) => fs.existsSync(join(from, each)))) {
    fs.mkdirSync(dirname(join(folder, part)), { recursive: true });
    fs.cpSync(join(from, part), join(folder, part), { recursive: true, dereference: false });
  }
}

/** Lays the undamaged trees out below `folder`. @returns names of those that there are */
export function prepareTrees(folder, names, real = process.env.SOCKSCOPE_KERNEL) {
  const makers = {
    small: (place) => writeTree(small, place),
    bundled: (place) => writeTree(bundled(), place),
    real: (place) => copyReal(real, place),
  };
  const chosen = names.filter((name) => name !== 'real' || real);
  chosen.forEach((name) => makers[name](join(folder, name)));
  return chosen;
}

/** Paths of the files of a tree, by likelihood to matter: sources of the stack and its headers are many of them. */
export function filesOf(folder) {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(\.[ch]|Makefile)$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1))
    .filter((path) => /^(Makefile|net\/|include\/(net|linux|asm)|kernel|fs\/[a-z]+\.c|lib|drivers|init)/.test(path))
    .sort();
}

const damages = [
  'delete',
  'cut',
  'empty',
  'exchange',
  'bytes',
  'tokens',
  'numbers',
  'names',
  'nesting',
  'folder',
  'link to itself',
  'links in a circle',
  'link to its folder',
  'link out',
  'huge line',
  'noise',
  'delete folder',
  'binary',
  'includes itself',
  'version',
];

/** What to do to one tree: a list of damages, each with all that it needs to be done again. */
export function makeDamages(random, tree, files) {
  const network = files.filter((path) => /^(net|include\/net)\//.test(path));
  return Array.from({ length: random.pick([1, 1, 2, 3, 8]) }, () => ({
    kind: random.pick(damages),
    path: random.chance(0.15) ? 'Makefile' : random.pick(random.chance(0.7) && network.length > 0 ? network : files),
    other: random.pick(files),
    seed: random.below(2 ** 31),
  }));
}

function replace(path, data) {
  fs.rmSync(path, { recursive: true, force: true });
  fs.mkdirSync(dirname(path), { recursive: true });
  fs.writeFileSync(path, data);
}

/** Does one damage to a tree. What is no longer there is left alone. */
export function damage(folder, { kind, path, other }, random) {
  const full = join(folder, path);
  if (!fs.existsSync(full) || !fs.statSync(full).isFile()) {
    return;
  }
  const text = () => fs.readFileSync(full, 'utf8');
  const link = (target) => {
    fs.rmSync(full);
    fs.symlinkSync(target, full);
  };
  switch (kind) {
    case 'delete':
      return fs.rmSync(full);
    case 'delete folder':
      return path.includes('/') ? fs.rmSync(dirname(full), { recursive: true, force: true }) : undefined;
    case 'cut':
      return replace(full, text().slice(0, random.below(text().length + 1)));
    case 'empty':
      return replace(full, '');
    case 'exchange': {
      const second = join(folder, other);
      const [one, two] = [text(), fs.existsSync(second) && fs.statSync(second).isFile() ? fs.readFileSync(second) : ''];
      replace(full, two);
      return replace(second, one);
    }
    case 'bytes':
    case 'tokens':
    case 'numbers':
    case 'names':
    case 'nesting':
      return replace(full, mutations[kind](text(), random));
    case 'folder':
      fs.rmSync(full);
      return fs.mkdirSync(full);
    case 'link to itself':
      return link(path.split('/').at(-1));
    case 'links in a circle':
      fs.symlinkSync(path.split('/').at(-1), `${full}.second`);
      return link(`${path.split('/').at(-1)}.second`);
    case 'link to its folder':
      return link('.');
    case 'link out':
      return link(
        random.pick(['/etc/hostname', '/dev/zero', '/dev/null', '/dev/full', '/proc/self/mem', '/', '/no/such']),
      );
    case 'huge line':
      return replace(
        full,
        `${text()}\n${random.pick(['x ', 'a+', '(', '/*', '#define A ', '\\\n'])}`.padEnd(
          3_000_000,
          random.pick(['x', 'x ', '(', '1+', '"']),
        ),
      );
    case 'noise':
      return replace(full, Buffer.from(Array.from({ length: 5000 }, () => random.below(256))));
    case 'binary':
      return replace(full, Buffer.alloc(random.pick([1, 100_000, 9_000_000]), random.below(256)));
    case 'includes itself':
      return replace(full, `#include "${path.split('/').at(-1)}"\n${text()}`);
    default:
      return replace(
        full,
        text().replace(/\d+/g, () => random.pick(['0', '-1', '2', '4', '37', '99999999999999', 'x'])),
      );
  }
}

/** A tree of hard links to the undamaged one. */
export function linkTree(from, to) {
  fs.mkdirSync(to, { recursive: true });
  for (const entry of fs.readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) {
      linkTree(source, target);
    } else if (entry.isSymbolicLink()) {
      fs.symlinkSync(fs.readlinkSync(source), target);
    } else {
      fs.linkSync(source, target);
    }
  }
}

/** `prepared` says where the undamaged trees lie: `{ folder, names, files: { name: paths } }`. */
export function makeCase(random, _index, prepared) {
  const names = prepared.names;
  const chance = random.next();
  const wanted = chance < 0.5 ? 'small' : chance < 0.8 || !names.includes('real') ? 'bundled' : 'real';
  const tree = names.includes(wanted) ? wanted : names[0];
  const list = makeDamages(random, tree, prepared.files[tree]);
  const handshake = random.pick(['handshake', 'tcp-socket', 'bind-errors']);
  return {
    about: `${tree}: ${list.map(({ kind, path }) => `${kind} ${path}`).join(', ')}`,
    tree: join(prepared.folder, tree),
    damages: list,
    runs: [
      ['doctor', 'tree'],
      ['functions', '--kernel', 'tree'],
      ['run', handshake, '--kernel', 'tree', '--budget', '20000000'],
    ],
  };
}
