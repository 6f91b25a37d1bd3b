/**
 * Scripts of heavy use, for measurements and for tests: bulk transfer, echoes, many connections, idle timers.
 *
 * Out: texts in the scenario language. Everything a script opens it closes, and then waits until TIME_WAIT and the
 * routing cache's own times are over, so that the slab shows what a kernel does not give back.
 */

const loopback = '--remote_ip=127.0.0.1\n';
const listener = (backlog: number): string =>
  `0 socket(AF_INET, SOCK_STREAM, 0) = 3\n+0 bind(3, ..., ...) = 0\n+0 listen(3, ${backlog}) = 0\n`;

/**
 * `count` connections through one listener, one after the other: connect, accept, close on both sides. `quiet` seconds
 * of timers follow. `gap` seconds lie between two of them: a local port is free again after a minute of TIME_WAIT, and
 * there are 28,233 on the bundled kernel, 3,976 on a tree.
 */
export function connections(count: number, quiet: number, gap = 0): string {
  const one = `+${gap} socket(AF_INET, SOCK_STREAM, 0) = 4\n+0 connect(4, ..., ...) = 0\n+0 accept(3, ..., ...) = 5\n+0 close(4) = 0\n+0 close(5) = 0\n`;
  return `${loopback}${listener(5)}${one.repeat(count)}+0 close(3) = 0\n+${quiet} close(3) = -1 EBADF\n`;
}

/** `size` bytes from one process to another over loopback, compared byte for byte, and `quiet` seconds of timers. */
export function bulkTransfer(size: number, quiet: number): string {
  const data = Array.from({ length: size }, (_, i) => String.fromCharCode(0x61 + ((i * 7 + (i >> 8)) % 26))).join('');
  return `//! process: A, B\n${loopback}${listener(5)}B: +0 socket(AF_INET, SOCK_STREAM, 0) = 3
B: +0 connect(3, ..., ...) = 0
A: +0 accept(3, ..., ...) = 4
A: +.1...* recv(4, "${data}", ${size}, MSG_WAITALL) = ${size}
B: +.1...* send(3, "${data}", ${size}, 0) = ${size}
B: +1 close(3) = 0
A: +0 recv(4, ..., 10, 0) = 0
A: +0 close(4) = 0
A: +0 close(3) = 0
A: +${quiet} close(3) = -1 EBADF
`;
}

/** `count` times 64 KB from one process to another over one connection: many statements, few events of the script. */
export function blocks(count: number): string {
  const one = `A: +.1...* recv(4, ..., 65536, MSG_WAITALL) = 65536\nB: +.1...* send(3, ..., 65536, 0) = 65536\n`;
  return `//! process: A, B\n${loopback}${listener(5)}B: +0 socket(AF_INET, SOCK_STREAM, 0) = 3
B: +0 connect(3, ..., ...) = 0
A: +0 accept(3, ..., ...) = 4
${one.repeat(count)}B: +1 close(3) = 0
A: +0 recv(4, ..., 10, 0) = 0
A: +0 close(4) = 0
A: +0 close(3) = 0
`;
}

/** UDP there and back, then a ping of this host through a raw socket, `rounds` times. */
export function echoes(rounds: number, quiet: number): string {
  const address = (port: number): string => `{sin_port = htons(${port}), sin_addr = inet_addr("127.0.0.1")}, 16`;
  const ping = '\\x08\\x00\\x1f\\x3b\\x00\\x01\\x00\\x01data\\x00\\x00\\x00\\x00';
  const round = `+0 sendto(3, "hello", 5, 0, ${address(5002)}) = 5
+0 recvfrom(4, "hello", 100, 0, {sin_port = htons(5001)}, ...) = 5
+0 sendto(4, "hello back", 10, 0, ${address(5001)}) = 10
+0 recv(3, "hello back", 100, 0) = 10
+0 sendto(5, "${ping}", 16, 0, ${address(0)}) = 16
+0 recv(5, ..., 100, 0) = 36
+0 recv(5, ..., 100, 0) = 36
`;
  return `//! caps: CAP_NET_RAW
0 socket(AF_INET, SOCK_DGRAM, 0) = 3
+0 socket(AF_INET, SOCK_DGRAM, 0) = 4
+0 socket(AF_INET, SOCK_RAW, IPPROTO_ICMP) = 5
+0 bind(3, ${address(5001)}) = 0
+0 bind(4, ${address(5002)}) = 0
${round.repeat(rounds)}+0 close(3) = 0
+0 close(4) = 0
+0 close(5) = 0
+${quiet} close(5) = -1 EBADF
`;
}

/** Sockets that one process holds: it may have 1,024 descriptors, and has a few for itself. */
const PER_PROCESS = 1000;

/**
 * `count` sockets that live at once: connections over loopback whose two ends stay open, and the listeners they came
 * through; then one more connection.
 */
export function aliveSockets(count: number): string {
  const names = Array.from({ length: Math.ceil(count / PER_PROCESS) }, (_, i) => `P${i}`);
  const lines = names.flatMap((name, i) => {
    const address = `{sin_port = htons(${8000 + i}), sin_addr = inet_addr("127.0.0.1")}, 16`;
    const pairs = Math.floor(Math.min(PER_PROCESS, count - i * PER_PROCESS) / 2);
    const say = (call: string): string => `${name}: ${call}`;
    return [
      ...[`+0 socket(AF_INET, SOCK_STREAM, 0) = 3`, `+0 bind(3, ${address}) = 0`, `+0 listen(3, 5) = 0`].map(say),
      ...Array.from({ length: pairs + 1 }, (_, at) => 4 + 2 * at).flatMap((fd) =>
        [
          `+0 socket(AF_INET, SOCK_STREAM, 0) = ${fd}`,
          `+0 connect(${fd}, ${address}) = 0`,
          `+0 accept(3, ..., ...) = ${fd + 1}`,
        ].map(say),
      ),
    ];
  });
  return `//! process: ${names.join(', ')}\n${loopback}${lines.join('\n')}\n`;
}
