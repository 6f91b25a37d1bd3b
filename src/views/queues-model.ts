/**
 * The queues' model: what waits in which socket, how much there is room for, and what was refused.
 *
 * In: nothing; plain data, built in `queues.ts` and `refusals.ts`, drawn by `queues-scene.ts`.
 */
import type { Bilingual } from '../base/bilingual';

/** In the order in which they are shown. */
export type QueueName = 'syn' | 'accept' | 'receive' | 'prequeue' | 'backlog' | 'out-of-order' | 'write';

/** Something in a queue: a packet or a connection that is not accepted yet. */
export interface QueuedModel {
  /** Its card in the picture of objects. */
  readonly card: string;
  readonly label: string;
  /** Bytes of data; of packets only. */
  readonly bytes?: number;
}

/** A packet was refused because this was full. */
export interface RefusalModel {
  readonly clock: number;
  readonly packet?: number;
  readonly text: Bilingual;
}

export interface QueueModel {
  readonly name: QueueName;
  readonly length: number;
  /** How many it holds; of those that are counted. */
  readonly limit?: number;
  /** Bytes of data in it; of packets only. */
  readonly bytes?: number;
  /** Memory that counts against a limit, and the limit, in bytes. */
  readonly memory?: number;
  readonly memoryLimit?: number;
  /** The first ones. */
  readonly items: readonly QueuedModel[];
  /** The list runs into memory that is no element. */
  readonly isBroken?: boolean;
  /** Nothing more goes in. */
  readonly isFull: boolean;
  /** Newest last. */
  readonly refusals: readonly RefusalModel[];
}

export interface SocketQueuesModel {
  readonly card: string;
  readonly address: number;
  /** What it is called everywhere. */
  readonly name?: Bilingual;
  readonly protocol: string;
  readonly state: string;
  readonly local?: string;
  readonly remote?: string;
  readonly queues: readonly QueueModel[];
}

export interface QueuesModel {
  /** Listeners first, then those in which something waits. */
  readonly sockets: readonly SocketQueuesModel[];
  /** Sockets that are not shown: the queues of most are empty. */
  readonly leftOff: number;
  /** Members that this kernel does not have, so that their queues are not shown. */
  readonly lacking: readonly string[];
}
