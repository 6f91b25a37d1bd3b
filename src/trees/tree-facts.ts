/**
 * What differs between the 2.4 kernels and what our `asm-sim` headers must follow, asked of the tree itself and not of
 * its version number: vendors move parts between versions. In: the tree's files. Out: `asm/tree.h`, one macro for each
 * fact that holds, the folder with the tree's i386 headers, and how its scheduler fills the run queue.
 */
import type { QueueOrder } from '../abi/kernel-entries';
import type { FileLoader } from '../source/file-loader';

/**
 * A macro of `asm/tree.h`: defined when the file matches, as what the pattern's group matched or 1; without `pattern`,
 * when the file is there.
 */
interface Fact {
  readonly macro: string;
  readonly path: string;
  readonly pattern?: RegExp;
}

const FACTS: readonly Fact[] = [
  // One word of pending softirqs (2.4.7 on) instead of an active word and a mask.
  { macro: 'TREE_SOFTIRQ_PENDING', path: 'include/linux/irq_cpustat.h', pattern: /^#\s*define\s+softirq_pending\b/m },
  { macro: 'TREE_KSOFTIRQD', path: 'include/linux/irq_cpustat.h', pattern: /^#\s*define\s+ksoftirqd_task\b/m },
  { macro: 'TREE_CPU_RAISE_SOFTIRQ', path: 'include/linux/interrupt.h', pattern: /\b__cpu_raise_softirq\s*\(/ },
  { macro: 'TREE_RAISE_SOFTIRQ', path: 'include/linux/interrupt.h', pattern: /\braise_softirq\s*\(/ },
  { macro: 'TREE_RWSEM', path: 'include/linux/rwsem.h' },
  { macro: 'TREE_KERNEL_THREAD', path: 'include/linux/sched.h', pattern: /\bkernel_thread\s*\(/ },
  { macro: 'TREE_TASK_RING', path: 'include/linux/sched.h', pattern: /\*\s*next_task\b/ },
  { macro: 'TREE_GET_TASK_STRUCT', path: 'include/linux/sched.h', pattern: /^#\s*define\s+get_task_struct\b/m },
  { macro: 'TREE_PAGE_ADDRESS', path: 'include/linux/mm.h', pattern: /^#\s*define\s+page_address\b/m },
  // The address of a page is counted from its zone's first record: the member that points there.
  {
    macro: 'TREE_ZONE_MAP',
    path: 'include/linux/mm.h',
    pattern: /\bpage_zone\s*\(\w+\)\s*->\s*(\w+)\s*\)\s*<<\s*PAGE_SHIFT/,
  },
  { macro: 'TREE_PROC_NET_STAT', path: 'include/linux/proc_fs.h', pattern: /\bproc_net_stat\b/ },
];

/**
 * Folders that may hold the headers of the i386, the likelier first: `include/asm` is a link in a tree that was
 * configured, a folder in some copies.
 */
const HEADER_FOLDERS = ['include/asm-i386', 'include/asm'];
/** A name that the guards of the i386's headers have and those of no other processor. */
const I386_HEADER = /\b_*(?:ASM_)?I386_|\b__i386|ARCH_I386/;

/**
 * The folder that holds the tree's i386 headers; undefined when it has none (a tree cut down for another processor).
 */
export function i386Headers(tree: FileLoader): string | undefined {
  return HEADER_FOLDERS.find((folder) =>
    ['posix_types', 'processor', 'types', 'errno'].some((name) =>
      I386_HEADER.test(tree.load(`${folder}/${name}.h`)?.text ?? ''),
    ),
  );
}

/** Text of `asm/tree.h`. `headers` is the folder of {@link i386Headers}. */
export function treeHeader(tree: FileLoader, headers: string | undefined): string {
  const macros = new Map<string, string>();
  for (const { macro, path, pattern } of FACTS) {
    const text = tree.load(path)?.text;
    const match = text === undefined ? undefined : pattern ? pattern.exec(text) : [];
    if (match) {
      macros.set(macro, match[1] ?? '1');
    }
  }
  // Whether the end of a bottom-half section runs what is pending: it does from the time there is one word of pending
  // softirqs, and in trees that say so.
  const softirq = headers === undefined ? undefined : tree.load(`${headers}/softirq.h`)?.text;
  if (softirq === undefined ? macros.has('TREE_SOFTIRQ_PENDING') : /\bdo_softirq\b/.test(softirq)) {
    macros.set('TREE_BH_ENABLE_RUNS', '1');
  }
  return `#ifndef _SIM_TREE_H\n#define _SIM_TREE_H\n${[...macros].map(([macro, value]) => `#define ${macro} ${value}\n`).join('')}#endif\n`;
}

/** Where the tree's scheduler puts the processes that it wakes, and those that yield; as 2.4.0 where it cannot be read. */
export function queueOrder(tree: FileLoader): QueueOrder {
  const text = tree.load('kernel/sched.c')?.text ?? '';
  const body = (name: string): string =>
    new RegExp(`\\b${name}\\s*\\([^;{]*\\)\\s*\\{([\\s\\S]*?)^\\}`, 'm').exec(text)?.[1] ?? '';
  return {
    woken: /\blist_add_tail\b/.test(body('(?:add_to_runqueue|enqueue_task)')) ? 'end' : 'head',
    yieldMovesLast: /\b(?:move_last_runqueue|enqueue_task)\b/.test(body('sys_sched_yield')),
  };
}

/** Whether a header of the tree can be taken as it is: it has no assembler in it. */
export function isPlainC(text: string): boolean {
  return !/\b(?:__asm__|__asm|asm)\b\s*(?:__volatile__|volatile|\()/.test(text);
}
