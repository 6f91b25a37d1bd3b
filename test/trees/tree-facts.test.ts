/**
 * What is asked of a kernel tree: which macros its headers call for, where its i386 headers are, what its Makefiles
 * link.
 */
import { expect, test } from 'vitest';
import { i386Headers, isPlainC, queueOrder, treeHeader } from '../../src/trees/tree-facts';
import { assignedWords, networkSources } from '../../src/trees/tree-makefiles';
import { MemoryLoader } from '../../src/source/file-loader';

const SWITCHES = new Set(['CONFIG_NET', 'CONFIG_INET']);

/** Checks which macros `asm/tree.h` has for these files; the prefix `TREE_` goes without saying. */
function checkFacts(files: Readonly<Record<string, string>>, macros: readonly string[]): void {
  const loader = new MemoryLoader(Object.entries(files));
  const text = treeHeader(loader, i386Headers(loader));
  expect(
    [...text.matchAll(/#define TREE_(\w+) (\w+)/g)].map(([, macro, value]) =>
      value === '1' ? macro : `${macro}=${value}`,
    ),
  ).toEqual(macros);
}

test('an empty tree has no facts', () => checkFacts({}, []));
test('an early tree: active and masked softirqs, a ring of tasks', () =>
  checkFacts(
    {
      'include/linux/irq_cpustat.h': '#define softirq_active(cpu) x\n',
      'include/linux/sched.h': 'struct task_struct { struct task_struct *next_task, *prev_task; };\n',
    },
    ['TASK_RING'],
  ));
test('a later tree runs softirqs when bottom halves are enabled, also when its own header for it is not there', () =>
  checkFacts({ 'include/linux/irq_cpustat.h': '# define softirq_pending(cpu) x\n#define ksoftirqd_task(cpu) y\n' }, [
    'SOFTIRQ_PENDING',
    'KSOFTIRQD',
    'BH_ENABLE_RUNS',
  ]));
test('the tree’s own header decides whether the end of a bottom-half section runs softirqs', () => {
  const header = {
    'include/linux/irq_cpustat.h': '#define softirq_pending(cpu) x\n',
    'include/asm-i386/types.h': '#ifndef _I386_TYPES_H\n',
  };
  checkFacts({ ...header, 'include/asm-i386/softirq.h': '#define local_bh_enable() count--\n' }, ['SOFTIRQ_PENDING']);
  checkFacts({ ...header, 'include/asm-i386/softirq.h': '#define local_bh_enable() do_softirq()\n' }, [
    'SOFTIRQ_PENDING',
    'BH_ENABLE_RUNS',
  ]);
});
test('a name in a comment or in a longer name is no definition', () =>
  checkFacts(
    { 'include/linux/mm.h': '/* page_address and\n * zone_tables */\n#define set_page_address(page) x\n' },
    [],
  ));
test('parts that vendors moved', () =>
  checkFacts(
    {
      'include/linux/mm.h':
        '#define page_address(page) \\\n\t__va(((page) - page_zone(page)->first_record) << PAGE_SHIFT)\n',
      'include/linux/rwsem.h': '',
      'include/linux/interrupt.h':
        '#define __cpu_raise_softirq(cpu, nr) x\nextern void raise_softirq(unsigned int nr);\n',
      'include/linux/sched.h': '#define get_task_struct(task) x\nextern long kernel_thread(int (*body)(void *));\n',
      'include/linux/proc_fs.h': 'extern struct proc_dir_entry *proc_net_stat;\n',
    },
    [
      'CPU_RAISE_SOFTIRQ',
      'RAISE_SOFTIRQ',
      'RWSEM',
      'KERNEL_THREAD',
      'GET_TASK_STRUCT',
      'PAGE_ADDRESS',
      'ZONE_MAP=first_record',
      'PROC_NET_STAT',
    ],
  ));

test.each([
  [
    'include/asm-i386',
    { 'include/asm-i386/errno.h': '#ifndef _I386_ERRNO_H\n', 'include/asm/errno.h': '#ifndef _ASM_MIPS_ERRNO_H\n' },
  ],
  ['include/asm', { 'include/asm/posix_types.h': '#ifndef __ARCH_I386_POSIX_TYPES_H\n' }],
  [
    undefined,
    { 'include/asm/errno.h': '#ifndef _ASM_MIPS_ERRNO_H\n', 'include/asm-mips/errno.h': '#ifndef _ASM_MIPS_ERRNO_H\n' },
  ],
  [undefined, { 'include/asm': 'asm-i386' }],
])('the i386 headers are in %s', (folder, files) =>
  expect(i386Headers(new MemoryLoader(Object.entries(files as Record<string, string>)))).toBe(folder),
);

test.each([
  ['#define ESRCH 3', true],
  ['#define cli() __asm__ __volatile__("cli")', false],
  ['asm volatile ("nop");', false],
  ['#include <asm/types.h>\nint asm_count;', true],
])('%j can be taken as it is: %s', (text, plain) => expect(isPlainC(text)).toBe(plain));

test('words of a Makefile: continued lines, switches, comments', () => {
  const makefile =
    'obj-y := a.o b.o \\\n\tc.o # rest\nobj-$(CONFIG_NET) += d.o\nobj-$(CONFIG_IPV6) += e.o\nexport-objs := f.o\nobj-m := g.o\nobj-y += $(join x,y)\n';
  expect(assignedWords(makefile, 'obj', SWITCHES)).toEqual(['a.o', 'b.o', 'c.o', 'd.o']);
});

test('netlink is linked where the tree always has it', () => {
  const tree = (line: string): MemoryLoader =>
    new MemoryLoader([
      ['net/Makefile', line],
      ['net/core/Makefile', 'obj-y := sock.o'],
      ['net/ipv4/Makefile', 'obj-y := tcp.o tcp_diag.o ../up.o'],
      ['net/netlink/Makefile', 'obj-y := af_netlink.o'],
    ]);
  expect(networkSources(tree('subdir-$(CONFIG_NET) += 802 netlink'), SWITCHES)).toEqual([
    'net/core/sock.c',
    'net/ipv4/tcp.c',
    'net/ipv4/tcp_diag.c',
    'net/netlink/af_netlink.c',
  ]);
  expect(networkSources(tree('subdir-$(CONFIG_NETLINK) += netlink'), SWITCHES)).toEqual([
    'net/core/sock.c',
    'net/ipv4/tcp.c',
    'net/ipv4/tcp_diag.c',
  ]);
});

test('where a tree’s scheduler puts processes is read from its functions', () => {
  const order = (woken: string, yielding: string): unknown =>
    queueOrder(
      new MemoryLoader([
        [
          'kernel/sched.c',
          `static inline void add_to_runqueue(struct task_struct *p)\n{\n\t${woken};\n}\n` +
            `static void other(void)\n{\n\tlist_add_tail(1, 2);\n}\nlong sys_sched_yield(void)\n{\n\tif (1) {\n\t\t${yielding};\n\t}\n}\n`,
        ],
      ]),
    );
  expect(order('list_add(&p->run_list, &q)', 'x = 1')).toEqual({ woken: 'head', yieldMovesLast: false });
  expect(order('list_add_tail(&p->run_list, &q)', 'move_last_runqueue(current)')).toEqual({
    woken: 'end',
    yieldMovesLast: true,
  });
  expect(queueOrder(new MemoryLoader([]))).toEqual({ woken: 'head', yieldMovesLast: false });
});
