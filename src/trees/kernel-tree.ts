/**
 * A user's Linux 2.4 source tree as a program to compile: its own `net/` and what that needs of `kernel/` and `lib/`,
 * against our `asm-sim` port instead of `include/asm`, with the tree's constant-only headers of asm-i386.
 *
 * Paths in the program: those of the tree's files are relative to its root (`net/ipv4/tcp.c`); ours begin with `<sim>/`.
 */
import { sentence, type Words } from '../sentences/sentence';
import type { KernelEntries } from '../abi/kernel-entries';
import { createKernel } from '../kernel/kernel';
import type { Diagnostic } from '../source/diagnostic';
import { hasFile, type FileLoader } from '../source/file-loader';
import type { Replacement } from '../source/replacement';
import { SourceFile } from '../source/source-file';
import { knownConstants } from './known-constants';
import { laterMembers } from './later-members';
import type { TreeKind } from './identify-tree';
import { mediaLoader, type MediaFiles } from '../source/media-files';
import type { ProgramSource } from '../compile/program';
import { NETWORK_MAKEFILES, networkSources } from './tree-makefiles';
import { i386Headers, isPlainC, queueOrder, treeHeader } from './tree-facts';

const SIM = '<sim>';

const CORE = [
  'sock',
  'skbuff',
  'dev',
  'dst',
  'neighbour',
  'rtnetlink',
  'utils',
  'iovec',
  'datagram',
  'scm',
  'dev_mcast',
];
const IPV4 = [
  'utils',
  'route',
  'inetpeer',
  'proc',
  'protocol',
  'ip_input',
  'ip_fragment',
  'ip_forward',
  'ip_options',
  'ip_output',
  'ip_sockglue',
  'tcp',
  'tcp_input',
  'tcp_output',
  'tcp_timer',
  'tcp_ipv4',
  'tcp_minisocks',
  'raw',
  'udp',
  'arp',
  'icmp',
  'devinet',
  'af_inet',
  'igmp',
  'sysctl_net_ipv4',
  'fib_frontend',
  'fib_semantics',
  'fib_hash',
];
/** The network stack: compiled whole. */
export const STACK_SOURCES: readonly string[] = [
  'net/socket.c',
  ...CORE.map((name) => `net/core/${name}.c`),
  ...IPV4.map((name) => `net/ipv4/${name}.c`),
  'drivers/net/loopback.c',
];
/** Linked function by function, as far as the stack needs them. */
const LIBRARY_SOURCES: readonly string[] = [
  'lib/vsprintf.c',
  'lib/ctype.c',
  'lib/cmdline.c',
  'net/ethernet/eth.c',
  'net/sched/sch_generic.c',
  'drivers/net/Space.c',
  'kernel/softirq.c',
  'kernel/timer.c',
  'kernel/time.c',
  'kernel/sched.c',
  'kernel/fork.c',
  'kernel/sys.c',
];
/**
 * What the tree's own Makefiles link beyond the files above (netlink and socket diagnosis in later kernels): also
 * function by function.
 */
function librarySources(files: FileLoader): string[] {
  const switches = new Set(files.load(`${SIM}/linux/autoconf.h`)?.text.match(/\bCONFIG_\w+/g));
  return [...LIBRARY_SOURCES, ...networkSources(files, switches).filter((path) => !STACK_SOURCES.includes(path))];
}

/** Our own files: what lies below sockets. */
const GLUE_SOURCES: readonly string[] = [
  `${SIM}/glue/machine.c`,
  `${SIM}/glue/wire.c`,
  `${SIM}/fs/dcache.c`,
  `${SIM}/fs/open.c`,
  `${SIM}/fs/read_write.c`,
  `${SIM}/fs/fcntl.c`,
];

/**
 * Functions that are the simulator's even where the tree has C for them: task switch, wake-up, descriptor tables, user
 * copy.
 */
const SERVICES_FIRST: ReadonlySet<string> = new Set([
  'schedule',
  'wake_up_process',
  'wake_up_process_synchronous',
  'fget',
  'fput',
  'fd_install',
  'get_unused_fd',
  'put_unused_fd',
  'get_empty_filp',
  'put_filp',
  'get_empty_inode',
  'iput',
  'send_sig',
  'printk',
  'panic',
  'try_to_wake_up',
  'scheduler_tick',
  'sys_sched_yield',
]);

/** Calls that C can make into the kernel; roots of the link besides the boot functions. */
const ROOTS: readonly string[] = [
  'sockscope_boot',
  'sockscope_ready',
  'sockscope_wire_up',
  'sockscope_inject',
  'do_timer',
  'do_softirq',
  'sys_socket',
  'sys_socketpair',
  'sys_bind',
  'sys_listen',
  'sys_accept',
  'sys_connect',
  'sys_getsockname',
  'sys_getpeername',
  'sys_shutdown',
  'sys_send',
  'sys_sendto',
  'sys_recv',
  'sys_recvfrom',
  'sys_setsockopt',
  'sys_getsockopt',
  'sys_fcntl',
  'sys_ioctl',
  'sys_read',
  'sys_write',
  'sys_close',
];

/** How the environment enters a tree's kernel. */
const TREE_ENTRIES: KernelEntries = {
  boot: ['sockscope_boot'],
  ready: ['sockscope_ready'],
  tick: 'do_timer',
  tickCountsJiffies: true,
  nextTimer: '',
  inject: 'sockscope_inject',
};

/** What a tree lacks of what the network stack is made of, and what was not read of it: told beside what was compiled. */
export function treeProblems(loader: FileLoader): readonly Diagnostic[] {
  const absent = (paths: readonly string[]): readonly string[] => paths.filter((path) => !hasFile(loader, path));
  const lack = (severity: Diagnostic['severity'], path: string, message: Words): Diagnostic => ({
    code: 'SS8003',
    severity,
    path,
    message,
    remedy: sentence('complete-the-tree'),
  });
  return [
    ...absent(STACK_SOURCES).map((path) =>
      lack('error', path, sentence('this-source-of-the-network-stack-is-missing-calling')),
    ),
    ...absent(LIBRARY_SOURCES).map((path) =>
      lack('error', path, sentence('this-source-of-which-the-network-stack-uses-a-part')),
    ),
    ...absent(NETWORK_MAKEFILES).map((path) =>
      lack('warning', path, sentence('this-makefile-is-missing-which-further-sources-the')),
    ),
    ...absent(networkSources(loader, new Set()).filter((path) => !STACK_SOURCES.includes(path))).map((path) =>
      lack('warning', path, sentence('the-makefile-beside-it-links-this-source-which-is')),
    ),
    ...(i386Headers(loader) === undefined
      ? [lack('warning', 'include/asm-i386', sentence('the-headers-of-the-i386-are-missing-the-simulator-s'))]
      : []),
    ...(loader.problems?.() ?? []),
  ];
}

function treeEntries(loader: FileLoader, kind: TreeKind): KernelEntries {
  return { ...TREE_ENTRIES, version: kind.code, queueOrder: queueOrder(loader) };
}

/** What running a tree's image needs of the tree: its files for showing, and how the simulator enters it. */
export function treeFiles(
  loader: FileLoader,
  kind: TreeKind,
  media: MediaFiles,
): { readonly loader: FileLoader; readonly entries: KernelEntries } {
  return { loader: new TreeLoader(loader, kind, media), entries: treeEntries(loader, kind) };
}

/** The tree as a program; `replacement` takes the place of single functions. */
export function treeProgram(
  loader: FileLoader,
  kind: TreeKind,
  media: MediaFiles,
  replacement?: Replacement,
): ProgramSource {
  const files = new TreeLoader(loader, kind, media);
  const services = new Set(createKernel().modules.flatMap((module) => module.services.map((service) => service.name)));
  const present = (path: string): boolean => hasFile(files, path);
  const library = librarySources(files);
  return {
    loader: files,
    entries: treeEntries(loader, kind),
    replacement,
    knownMembers: laterMembers,
    knownConstants,
    sources: [...STACK_SOURCES, ...library, ...GLUE_SOURCES].filter(present),
    includePaths: [SIM, 'include'],
    defines: {
      __KERNEL__: '1',
      __OPTIMIZE__: '1',
      __linux__: '1',
      linux: '1',
      __GNUC__: '2',
      __GNUC_MINOR__: '95',
      AUTOCONF_INCLUDED: '1',
    },
    build: {
      services,
      servicesFirst: SERVICES_FIRST,
      library: new Set(library),
      roots: undefined,
      extraRoots: new Set(ROOTS),
      aliases: new Map([['jiffies', 'jiffies_64']]),
      heapSize: 24 << 20,
    },
  };
}

/**
 * The tree's files, with ours under `<sim>/`. An `<asm/…>` that `asm-sim` does not have is the tree's own for the i386
 * when there is no assembler in it (constants, mostly), else the one of `asm-sim/i386`; never that of another processor,
 * whose numbers the simulator does not speak.
 */
class TreeLoader implements FileLoader {
  private readonly sim;
  private readonly bundled;
  private readonly headers: string | undefined;
  private readonly made = new Map<string, SourceFile | undefined>();

  constructor(
    private readonly tree: FileLoader,
    private readonly kind: TreeKind,
    media: MediaFiles,
  ) {
    this.sim = mediaLoader(media, 'asm-sim');
    this.bundled = mediaLoader(media, 'kernel');
    this.headers = i386Headers(tree);
  }

  load(path: string): SourceFile | undefined {
    if (this.isTrees(path)) {
      return this.tree.load(path);
    }
    if (!path.startsWith(`${SIM}/`)) {
      return undefined;
    }
    if (!this.made.has(path)) {
      const text = this.simText(path.slice(SIM.length + 1));
      this.made.set(path, text === undefined ? undefined : new SourceFile(path, text));
    }
    return this.made.get(path);
  }

  has(path: string): boolean {
    return this.isTrees(path) ? hasFile(this.tree, path) : this.load(path) !== undefined;
  }

  stamp(path: string): string | undefined {
    return this.isTrees(path) ? this.tree.stamp?.(path) : undefined;
  }

  /** Ours, and what ours take the place of, is made here. */
  private isTrees(path: string): boolean {
    return !path.startsWith(`${SIM}/`) && !path.startsWith('include/asm/');
  }

  private simText(name: string): string | undefined {
    if (name === 'linux/version.h') {
      const { version, code } = this.kind;
      return `#define UTS_RELEASE "${version}"\n#define LINUX_VERSION_CODE ${code}\n#define KERNEL_VERSION(a, b, c) (((a) << 16) + ((b) << 8) + (c))\n`;
    }
    if (name === 'asm/tree.h') {
      return treeHeader(this.tree, this.headers);
    }
    if (name.startsWith('fs/')) {
      return this.bundled.load(name)?.text;
    }
    const own = this.sim.load(name);
    const header = own ? undefined : /^asm\/([\w-]+\.h)$/.exec(name)?.[1];
    if (header === undefined) {
      return own?.text;
    }
    const theirs = this.headers === undefined ? undefined : this.tree.load(`${this.headers}/${header}`)?.text;
    return theirs !== undefined && isPlainC(theirs) ? theirs : this.sim.load(`i386/${header}`)?.text;
  }
}
