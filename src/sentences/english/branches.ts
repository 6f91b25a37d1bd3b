/**
 * English sentences: branches of a run, what is done to a run from outside, and where values come from.
 *
 * In: nothing. Out: the sentences by their ids. This is where ids and the names of what is inserted come from
 * (`../sentence.ts`).
 */
export const branches = {
  'a-branch-of-this-name-exists': 'a branch is called {name} already',
  'this-is-no-name-of-a-branch': '"{name}" is no name of a branch: use letters, digits, and . _ -',
  'there-is-no-such-branch': 'no branch is called {name}; there are: {names}',
  'nothing-was-changed-in-this-run': 'this is the first run: nothing was changed in it',
  'packet-passed-before-what-can-be-gone-back-to':
    'packet {packet} passed before the oldest moment that can be gone back to',
  'this-program-is-no-kernel': 'this program is no kernel: it has no packets, slab or scheduler',
  'the-run-is-over-here': 'the run is over at this moment; go back first',
  'packets-are-counted-from-one': 'packets are counted from 1, in the order in which they set out',
  'allocations-are-counted-from-one': 'allocations are counted from 1, the next one',
  'there-is-no-cache-of-this-name': 'no slab cache is called {name}; there are: {names}, kmalloc, and * for any',
  'there-is-no-such-process': 'there is no process {pid}; there are: {pids}',
  'bytes-written-at': '{count} {count#byte|bytes} written at {at}',
  'packet-n-is-lost': 'packet {packet} is lost',
  'packet-n-comes-later': 'packet {packet} comes {milliseconds} ms later',
  'allocation-n-from-here-fails': 'allocation {nth} from here fails',
  'allocation-n-of-cache-from-here-fails': 'allocation {nth} of {cache} from here fails',
  'process-runs-first': 'process {pid} runs first',
  'packet-n-was-lost': 'packet {packet} is lost here, as ordered',
  'packet-n-is-held': 'packet {packet} is held here for {milliseconds} ms, as ordered',
  'a-packet-of-the-script': 'a packet of the script',
  'argument-of-call': 'an argument of {call} of process {process}',
  'what-is-around-the-kernel': 'what is around the kernel: the scenario, the clock, the processes',
  'user-memory-at': 'user memory at {at}',
} as const;
