/**
 * Numbers of files in Linux 2.4 on the i386: flags and commands of open, fcntl and ioctl, kinds of inodes
 * (include/asm-i386/{fcntl,ioctls,sockios}.h, include/linux/stat.h).
 *
 * In: nothing. Out: tables from a name to its number. `test/abi` compares them with the C headers.
 */

// prettier-ignore
export const OPEN_FLAGS = {
  O_RDONLY: 0, O_WRONLY: 1, O_RDWR: 2, O_CREAT: 0o100, O_APPEND: 0o2000, O_NONBLOCK: 0o4000, FASYNC: 0o20000,
} as const;

// prettier-ignore
export const FILE_COMMANDS = {
  FD_CLOEXEC: 1, F_DUPFD: 0, F_GETFD: 1, F_SETFD: 2, F_GETFL: 3, F_SETFL: 4, F_SETOWN: 8, F_GETOWN: 9,
} as const;

// prettier-ignore
export const IOCTLS = {
  FIONREAD: 0x541b, TIOCOUTQ: 0x5411, FIONBIO: 0x5421, SIOCATMARK: 0x8905, SIOCGSTAMP: 0x8906,
} as const;

/** Second names: those of socket(7) and tcp(7), which the C library's headers have, and O_NDELAY. */
export const FILE_ALIASES = {
  O_NDELAY: OPEN_FLAGS.O_NONBLOCK,
  SIOCINQ: IOCTLS.FIONREAD,
  SIOCOUTQ: IOCTLS.TIOCOUTQ,
} as const;

/** Kinds of inodes in `i_mode`. */
export const INODE_KINDS = { S_IFMT: 0o170000, S_IFSOCK: 0o140000 } as const;
