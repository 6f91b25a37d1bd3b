/**
 * System calls that a script can make, as completion snippets: packetdrill's spelling of arguments and results.
 *
 * In: nothing. Out: plain data for completion in `.pkt` files.
 */
export interface ScriptCall {
  readonly name: string;
  readonly snippet: string;
}

const address = '{sa_family=AF_INET, sin_port=htons(${2:8080}), sin_addr=inet_addr("${3:127.0.0.1}")}, 16';

export const scriptCalls: readonly ScriptCall[] = [
  { name: 'socket', snippet: 'socket(AF_INET, ${1:SOCK_STREAM}, ${2:IPPROTO_TCP}) = ${3:3}' },
  { name: 'bind', snippet: `bind(\${1:3}, ${address}) = \${4:0}` },
  { name: 'listen', snippet: 'listen(${1:3}, ${2:1}) = ${3:0}' },
  { name: 'accept', snippet: 'accept(${1:3}, ..., ...) = ${2:4}' },
  { name: 'connect', snippet: `connect(\${1:3}, ${address}) = \${4:0}` },
  { name: 'close', snippet: 'close(${1:3}) = ${2:0}' },
  { name: 'shutdown', snippet: 'shutdown(${1:3}, ${2:SHUT_WR}) = ${3:0}' },
  { name: 'read', snippet: 'read(${1:4}, ..., ${2:1000}) = ${3:1000}' },
  { name: 'write', snippet: 'write(${1:4}, ..., ${2:1000}) = ${3:1000}' },
  { name: 'send', snippet: 'send(${1:4}, ..., ${2:1000}, ${3:0}) = ${4:1000}' },
  { name: 'recv', snippet: 'recv(${1:4}, ..., ${2:1000}, ${3:0}) = ${4:1000}' },
  { name: 'sendto', snippet: 'sendto(${1:3}, ..., ${2:1000}, ${3:0}, ..., ...) = ${4:1000}' },
  { name: 'recvfrom', snippet: 'recvfrom(${1:3}, ..., ${2:1000}, ${3:0}, ..., ...) = ${4:1000}' },
  { name: 'getsockopt', snippet: 'getsockopt(${1:3}, ${2:SOL_SOCKET}, ${3:SO_ERROR}, [${4:0}], [4]) = ${5:0}' },
  { name: 'setsockopt', snippet: 'setsockopt(${1:3}, ${2:SOL_SOCKET}, ${3:SO_REUSEADDR}, [${4:1}], 4) = ${5:0}' },
  { name: 'getsockname', snippet: 'getsockname(${1:3}, ..., ...) = ${2:0}' },
  { name: 'getpeername', snippet: 'getpeername(${1:3}, ..., ...) = ${2:0}' },
  { name: 'fcntl', snippet: 'fcntl(${1:3}, ${2:F_SETFL}, ${3:O_RDWR|O_NONBLOCK}) = ${4:0}' },
  { name: 'ioctl', snippet: 'ioctl(${1:3}, ${2:FIONREAD}, [${3:0}]) = ${4:0}' },
];
