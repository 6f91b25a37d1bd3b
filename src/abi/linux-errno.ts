/**
 * Error numbers of Linux 2.4 on the i386 (include/asm-i386/errno.h, and include/linux/errno.h from 512 on).
 *
 * In: nothing. Out: the numbers by name. `test/abi` compares them with the C headers.
 */

/** Numbers that a process can see in `errno`, without the sign that a system call gives them. */
// prettier-ignore
export const ERRNO = {
  EPERM: 1, ENOENT: 2, ESRCH: 3, EINTR: 4, EIO: 5, ENXIO: 6, E2BIG: 7, EBADF: 9, ECHILD: 10, EAGAIN: 11, ENOMEM: 12,
  EACCES: 13, EFAULT: 14, EBUSY: 16, EEXIST: 17, ENODEV: 19, ENOTDIR: 20, EISDIR: 21, EINVAL: 22, ENFILE: 23,
  EMFILE: 24, ENOTTY: 25, EFBIG: 27, ENOSPC: 28, ESPIPE: 29, EROFS: 30, EPIPE: 32, EDOM: 33, ERANGE: 34, EDEADLK: 35,
  ENAMETOOLONG: 36, ENOSYS: 38, ELOOP: 40, ENONET: 64, EPROTO: 71, EBADMSG: 74, EOVERFLOW: 75, ERESTART: 85,
  EUSERS: 87, ENOTSOCK: 88, EDESTADDRREQ: 89, EMSGSIZE: 90, EPROTOTYPE: 91, ENOPROTOOPT: 92, EPROTONOSUPPORT: 93,
  ESOCKTNOSUPPORT: 94, EOPNOTSUPP: 95, EPFNOSUPPORT: 96, EAFNOSUPPORT: 97, EADDRINUSE: 98, EADDRNOTAVAIL: 99,
  ENETDOWN: 100, ENETUNREACH: 101, ENETRESET: 102, ECONNABORTED: 103, ECONNRESET: 104, ENOBUFS: 105, EISCONN: 106,
  ENOTCONN: 107, ESHUTDOWN: 108, ETOOMANYREFS: 109, ETIMEDOUT: 110, ECONNREFUSED: 111, EHOSTDOWN: 112,
  EHOSTUNREACH: 113, EALREADY: 114, EINPROGRESS: 115, ESTALE: 116,
} as const;

/** Second names of the same numbers; ENOTSUP is the C library's. */
export const ERRNO_ALIASES = { EWOULDBLOCK: ERRNO.EAGAIN, ENOTSUP: ERRNO.EOPNOTSUPP } as const;

/** Numbers that the kernel keeps to itself: "call again after the handler", "not my ioctl". */
export const KERNEL_ERRNO = { ERESTARTSYS: 512, ERESTARTNOINTR: 513, ERESTARTNOHAND: 514, ENOIOCTLCMD: 515 } as const;
