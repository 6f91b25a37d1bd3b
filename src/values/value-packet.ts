/**
 * A packet's bytes as one line, in the manner of tcpdump.
 *
 * In: an IPv4 packet as it goes over a wire, or its beginning. Out: `127.0.0.1:1024 > 127.0.0.1:8080 [S.] seq 7, ack 4,
 * win 5840, len 0`, and the same idea for UDP (RFC 768) and ICMP (RFC 792). Layouts are RFC 791's and RFC 793's; bytes
 * that are no such packet are counted only.
 */

/** One line about the packet; `length`: its bytes, of which `bytes` may be only the first. */
export function packetText(bytes: Uint8Array, length = bytes.length): string {
  const version = (bytes[0] ?? 0) >> 4;
  const headerLength = 4 * ((bytes[0] ?? 0) & 15);
  if (version !== 4 || headerLength < 20 || bytes.length < headerLength) {
    return `${length} bytes`;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const address = (at: number): string => [...bytes.subarray(at, at + 4)].join('.');
  const rest = Math.min(view.getUint16(2), length) - headerLength;
  const protocol = bytes[9];
  if (protocol === 6 && Math.min(rest, bytes.length - headerLength) >= 20) {
    const at = headerLength;
    return `${address(12)}:${view.getUint16(at)} > ${address(16)}:${view.getUint16(at + 2)} ${tcpText(view, at, rest)}`;
  }
  if (protocol === 17 && Math.min(rest, bytes.length - headerLength) >= 8) {
    return `${address(12)}:${view.getUint16(headerLength)} > ${address(16)}:${view.getUint16(headerLength + 2)} UDP len ${rest - 8}`;
  }
  const name =
    protocol === 1
      ? `ICMP type ${bytes[headerLength] ?? '?'} code ${bytes[headerLength + 1] ?? '?'}`
      : `proto ${protocol}`;
  return `${address(12)} > ${address(16)} ${name}, len ${rest}`;
}

function tcpText(view: DataView, at: number, length: number): string {
  const bits = view.getUint8(at + 13);
  const flags = [
    [2, 'S'],
    [1, 'F'],
    [4, 'R'],
    [8, 'P'],
    [16, '.'],
  ] as const;
  const text = flags
    .filter(([bit]) => (bits & bit) !== 0)
    .map(([, letter]) => letter)
    .join('');
  const acknowledges = (bits & 16) !== 0;
  const data = Math.max(length - 4 * (view.getUint8(at + 12) >> 4), 0);
  return `[${text === '' ? 'none' : text}] seq ${view.getUint32(at + 4)}${acknowledges ? `, ack ${view.getUint32(at + 8)}` : ''}, win ${view.getUint16(at + 14)}, len ${data}`;
}
