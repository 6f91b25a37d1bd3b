/**
 * TCP's state diagram (RFC 793, figure 6): where each state's box stands, and which moves there are.
 *
 * In: nothing. Out: plain data, for the picture of two ends and for the small one beside the objects.
 */

/** Centre of each state's box, in a field of 320 by 190. */
export const STATE_PLACES: Readonly<Record<string, readonly [x: number, y: number]>> = {
  TCP_CLOSE: [160, 12],
  TCP_LISTEN: [54, 40],
  TCP_SYN_SENT: [266, 40],
  TCP_SYN_RECV: [54, 74],
  TCP_ESTABLISHED: [160, 96],
  TCP_FIN_WAIT1: [54, 122],
  TCP_CLOSE_WAIT: [266, 122],
  TCP_FIN_WAIT2: [54, 158],
  TCP_CLOSING: [160, 140],
  TCP_LAST_ACK: [266, 158],
  TCP_TIME_WAIT: [160, 178],
};

export const STATE_MOVES: readonly (readonly [from: string, to: string])[] = [
  ['TCP_CLOSE', 'TCP_LISTEN'],
  ['TCP_CLOSE', 'TCP_SYN_SENT'],
  ['TCP_LISTEN', 'TCP_SYN_RECV'],
  ['TCP_SYN_SENT', 'TCP_ESTABLISHED'],
  ['TCP_SYN_SENT', 'TCP_SYN_RECV'],
  ['TCP_SYN_RECV', 'TCP_ESTABLISHED'],
  ['TCP_SYN_RECV', 'TCP_FIN_WAIT1'],
  ['TCP_ESTABLISHED', 'TCP_FIN_WAIT1'],
  ['TCP_ESTABLISHED', 'TCP_CLOSE_WAIT'],
  ['TCP_FIN_WAIT1', 'TCP_FIN_WAIT2'],
  ['TCP_FIN_WAIT1', 'TCP_CLOSING'],
  ['TCP_FIN_WAIT2', 'TCP_TIME_WAIT'],
  ['TCP_CLOSING', 'TCP_TIME_WAIT'],
  ['TCP_CLOSE_WAIT', 'TCP_LAST_ACK'],
];

export const STATE_BOX = { width: 84, height: 18 } as const;

/** `LISTEN` of `TCP_LISTEN`. */
export function shortState(state: string): string {
  return state.replace(/^TCP_/, '');
}
