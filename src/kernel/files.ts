/**
 * Descriptors, files and inodes: the thin layer of the VFS that sockets rest on.
 *
 * In: fget, fput, fd_install … from C; fork and "a descriptor that is no socket" from the workload. Out: `struct file`
 * and `struct inode` objects in machine memory, written by field name. When the last reference to a file goes, C is
 * called back: `file->f_op->release`, then dput for its dentry, and the file object is freed.
 */
import { given } from '../base/checked-access';
import { sentence } from '../sentences/sentence';
import { ERRNO } from '../abi/linux-errno';
import { OPEN_FLAGS } from '../abi/linux-files';
import type { PlainData, ServiceCall, ServiceHost, ServiceResult } from '../machine/service';
import { checkRange, faultResult } from './memory-check';
import { FD_RESERVED, type Process, type Processes } from './processes';
import { service, StatefulModule } from './service-module';
import type { Slab } from './slab';
import { StructAccess, type Field } from './struct-access';

const REASON = {
  en: 'Files, inodes and descriptors belong to the VFS and to processes; sockets need only this thin part of them, which is simulated.',
  zh: '文件、inode 和描述符属于 VFS 与进程；socket 只用到其中薄薄一层，由模拟器实现。',
};

type FileState = {
  nextInode: number;
  /** Descriptors with the close-on-exec flag, as `pid:fd`. */
  closeOnExec: { [descriptor: string]: true };
};

/** Numbers of descriptors are below this (RLIMIT_NOFILE). */
const MOST_DESCRIPTORS = 1024;

/** Steps of the last fput, each done when the C call before it has returned. */
type PutStep = 'dentry' | 'free';

export class Files extends StatefulModule<FileState> {
  readonly name = 'files';

  readonly services = [
    service('get_unused_fd', REASON, () => this.reserve(this.processes.current, 0)),
    service('put_unused_fd', REASON, (call) => void this.vacate(this.processes.current, call.arg(0))),
    service('sockscope_unused_fd', REASON, (call) => this.reserve(this.processes.current, call.arg(0))),
    service('sockscope_close_on_exec', REASON, (call) =>
      Number(Object.hasOwn(this.state.closeOnExec, this.flagOf(this.processes.current, call.arg(0)))),
    ),
    service('sockscope_set_close_on_exec', REASON, (call) => this.setCloseOnExec(call)),
    service('fd_install', REASON, (call) => this.install(call)),
    service('fget', REASON, (call) => this.get(call)),
    service(
      'fput',
      REASON,
      (call) => this.put(call),
      (call, data) => this.continuePut(call, data),
    ),
    service('get_empty_filp', REASON, () => this.object('filp', 'file', (file) => this.count.set(file, 1))),
    service('put_filp', REASON, (call) => this.putEmpty(call)),
    service('get_empty_inode', REASON, () => this.newInode()),
    service('new_inode', REASON, (call) => this.newInode(call.arg(0))),
    service('iput', REASON, (call) => this.putInode(call)),
  ];

  private structs: StructAccess | undefined;
  private references: Field | undefined;

  constructor(
    private readonly processes: Processes,
    private readonly slab: Slab,
  ) {
    super({ nextInode: 1, closeOnExec: {} });
  }

  override start(host: ServiceHost): void {
    super.start(host);
    this.structs = new StructAccess(host);
    this.references = this.structs.field('file', 'f_count');
  }

  private get access(): StructAccess {
    return given(this.structs, 'machine');
  }

  /** `f_count`. */
  private get count(): Field {
    return given(this.references, 'machine');
  }

  /** The struct file behind a descriptor, or 0. */
  fileOf(process: Process, fd: number): number {
    const file = process.descriptors[fd] ?? 0;
    return Math.max(0, file);
  }

  /** Descriptors in use. */
  inUse(process: Process): number {
    return process.descriptors.filter((file) => file !== 0).length;
  }

  /** fork: the child gets the parent's descriptors; each file has one reference more. */
  copyDescriptors(parent: Process, child: Process): void {
    child.descriptors = parent.descriptors.map((file) => (file === FD_RESERVED ? 0 : file));
    child.descriptorLimit = parent.descriptorLimit;
    parent.descriptors.forEach((_, fd) => {
      if (Object.hasOwn(this.state.closeOnExec, this.flagOf(parent, fd))) {
        this.state.closeOnExec[this.flagOf(child, fd)] = true;
      }
    });
    for (const file of child.descriptors) {
      if (file > 0) {
        this.count.set(file, (this.count.get(file) ?? 0) + 1);
      }
    }
  }

  /** Opens something that is no socket, readable and writable; the new descriptor, or a negative errno. */
  openPlain(process: Process): number {
    const fd = this.reserve(process, 0);
    if (fd < 0) {
      return fd;
    }
    const made = [
      this.object('filp', 'file', (address) => this.count.set(address, 1)),
      this.newInode(),
      this.object('dentry_cache', 'dentry', (address) => this.access.set(address, 'dentry', 'd_count', 1)),
    ].filter((address) => typeof address === 'number' && address !== 0) as number[];
    const [file, inode, dentry] = made;
    if (file === undefined || inode === undefined || dentry === undefined) {
      made.forEach((address) => this.slab.free(address));
      this.vacate(process, fd);
      return -ERRNO.ENFILE;
    }
    this.access.set(inode, 'inode', 'i_mode', 0o100666);
    this.access.set(dentry, 'dentry', 'd_inode', inode);
    this.access.set(file, 'file', 'f_dentry', dentry);
    this.access.set(file, 'file', 'f_flags', OPEN_FLAGS.O_RDWR);
    this.access.set(file, 'file', 'f_mode', 3);
    process.descriptors[fd] = file;
    return fd;
  }

  /** Lowest free descriptor from `from` on, reserved; -EMFILE when the process may open no more. */
  private reserve(process: Process, from: number): number {
    if (this.inUse(process) >= process.descriptorLimit) {
      return -ERRNO.EMFILE;
    }
    let fd = from;
    while ((process.descriptors[fd] ?? 0) !== 0) {
      fd++;
    }
    if (fd >= MOST_DESCRIPTORS) {
      return -ERRNO.EMFILE;
    }
    while (process.descriptors.length < fd) {
      process.descriptors.push(0);
    }
    process.descriptors[fd] = FD_RESERVED;
    return fd;
  }

  private vacate(process: Process, fd: number): void {
    if (fd < process.descriptors.length) {
      process.descriptors[fd] = 0;
      delete this.state.closeOnExec[this.flagOf(process, fd)];
    }
  }

  private flagOf(process: Process, fd: number): string {
    return `${process.pid}:${fd}`;
  }

  private setCloseOnExec(call: ServiceCall): void {
    const flag = this.flagOf(this.processes.current, call.arg(0));
    if (call.arg(1) !== 0) {
      this.state.closeOnExec[flag] = true;
    } else {
      delete this.state.closeOnExec[flag];
    }
  }

  private install(call: ServiceCall): ServiceResult {
    const process = this.processes.current;
    if (process.descriptors[call.arg(0)] !== FD_RESERVED) {
      return faultResult('bug', sentence('fd-install-descriptor-is-not-reserved', { fd: call.arg(0) }));
    }
    process.descriptors[call.arg(0)] = call.arg(1);
    return undefined;
  }

  private get(call: ServiceCall): ServiceResult {
    const file = this.fileOf(this.processes.current, call.arg(0));
    if (file !== 0) {
      this.count.set(file, (this.count.get(file) ?? 0) + 1);
    }
    return file;
  }

  private put(call: ServiceCall): ServiceResult {
    const file = call.arg(0);
    const fault = checkRange(call.host, file, 4, 'fput');
    if (fault) {
      return { kind: 'fault', fault };
    }
    const count = (this.count.get(file) ?? 0) - 1;
    this.count.set(file, count);
    if (count !== 0) {
      return count < 0 ? faultResult('bug', sentence('fput-the-file-has-no-reference-left'), file) : undefined;
    }
    const dentry = this.access.get(file, 'file', 'f_dentry') ?? 0;
    const inode = dentry === 0 ? 0 : (this.access.get(dentry, 'dentry', 'd_inode') ?? 0);
    const operations = this.access.get(file, 'file', 'f_op') ?? 0;
    const release = operations === 0 ? 0 : (this.access.get(operations, 'file_operations', 'release') ?? 0);
    const id = release === 0 ? undefined : call.host.functionAt(release);
    if (release !== 0 && id === undefined) {
      return faultResult('bad-function-pointer', sentence('fput-release-is-no-function'), release);
    }
    return id === undefined
      ? this.continuePut(call, 'dentry')
      : { kind: 'call', function: id, args: [inode, file], data: 'dentry' };
  }

  private continuePut(call: ServiceCall, data: PlainData): ServiceResult {
    const file = call.arg(0);
    if ((data as PutStep) === 'dentry') {
      const dentry = this.access.get(file, 'file', 'f_dentry') ?? 0;
      const dput = call.host.functionId('dput');
      if (dentry !== 0 && dput !== undefined) {
        return { kind: 'call', function: dput, args: [dentry], data: 'free' };
      }
    }
    return this.freed(file);
  }

  /** An object that never became a file: the reference is dropped without calling release. */
  private putEmpty(call: ServiceCall): ServiceResult {
    const count = (this.count.get(call.arg(0)) ?? 1) - 1;
    this.count.set(call.arg(0), count);
    return count === 0 ? this.freed(call.arg(0)) : undefined;
  }

  /** An inode with one reference; of a file system when its `super_block` is given (new_inode of later 2.4 kernels). */
  private newInode(superBlock = 0): ServiceResult {
    return this.object('inode_cache', 'inode', (inode) => {
      this.access.set(inode, 'inode', 'i_ino', this.state.nextInode++);
      this.access.set(inode, 'inode', 'i_count', 1);
      this.access.set(inode, 'inode', 'i_nlink', 1);
      this.access.set(inode, 'inode', 'i_sb', superBlock);
    });
  }

  private putInode(call: ServiceCall): ServiceResult {
    const inode = call.arg(0);
    if (inode === 0) {
      return undefined;
    }
    const fault = checkRange(call.host, inode, 4, 'iput');
    if (fault) {
      return { kind: 'fault', fault };
    }
    const count = (this.access.get(inode, 'inode', 'i_count') ?? 0) - 1;
    this.access.set(inode, 'inode', 'i_count', count);
    return count === 0
      ? this.freed(inode)
      : count < 0
        ? faultResult('bug', sentence('iput-the-inode-has-no-reference-left'), inode)
        : undefined;
  }

  private freed(address: number): ServiceResult {
    const outcome = this.slab.free(address);
    return outcome.ok ? undefined : { kind: 'fault', fault: outcome.fault };
  }

  /** A zero-filled object of a struct from a cache of its own; NULL when memory is out. */
  private object(cache: string, struct: string, fill: (address: number) => void): ServiceResult {
    const size = this.access.size(struct) ?? 256;
    const address = this.slab.allocate(cache, size);
    if (typeof address !== 'number') {
      return { kind: 'fault', fault: address };
    }
    if (address !== 0) {
      this.host.memory.fill(address, size, 0);
      fill(address);
    }
    return address;
  }
}
