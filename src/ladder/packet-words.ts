/**
 * A packet of the ladder in a few words: `SYN ACK seq 0 ack 1 win 5792`, `UDP 5 bytes`, `ICMP echo request`.
 *
 * In: a row. Out: protocol terms, the same in both languages, as engineers say them in either. Sequence numbers are
 * those of their connection from 0 on where its beginning was seen, or those of the wire when asked.
 */
import type { PacketRow } from './ladder-model';
import { PROTOCOL } from './packet-facts';

/** Names of ICMP types (RFC 792, 950). */
const ICMP: Readonly<Record<number, string>> = {
  0: 'echo reply',
  3: 'unreachable',
  4: 'source quench',
  5: 'redirect',
  8: 'echo request',
  11: 'time exceeded',
  12: 'parameter problem',
  13: 'timestamp request',
  14: 'timestamp reply',
  15: 'information request',
  16: 'information reply',
  17: 'address mask request',
  18: 'address mask reply',
};

/** The packet's label; `absolute`: sequence numbers as on the wire. */
export function packetWords(row: PacketRow, absolute = false): string {
  const { protocol, length, icmp } = row;
  if (protocol === PROTOCOL.tcp && row.sequence !== undefined) {
    return tcpWords(row, absolute);
  }
  if (protocol === PROTOCOL.udp) {
    return `UDP ${bytes(length)}`;
  }
  if (icmp) {
    const code = icmp.code === 0 ? '' : ` code ${icmp.code}`;
    return `ICMP ${ICMP[icmp.type] ?? `type ${icmp.type}`}${code}`;
  }
  return `protocol ${protocol}, ${bytes(length)}`;
}

function tcpWords(row: PacketRow, absolute: boolean): string {
  const { flags, length, window } = row;
  const sequence = (absolute ? undefined : row.relativeSequence) ?? row.sequence ?? 0;
  const acknowledgment = (absolute ? undefined : row.relativeAcknowledgment) ?? row.acknowledgment ?? 0;
  const takesRoom = length > 0 || flags.includes('SYN') || flags.includes('FIN') || flags.includes('RST');
  return [
    flags.length > 0 ? flags.join(' ') : 'no flags',
    ...(takesRoom ? [length > 0 ? `seq ${sequence}:${(sequence + length) >>> 0} (${length})` : `seq ${sequence}`] : []),
    ...(flags.includes('ACK') ? [`ack ${acknowledgment}`] : []),
    ...(flags.includes('RST') ? [] : [`win ${window}`]),
  ].join(' ');
}

function bytes(count: number): string {
  return `${count} bytes`;
}
