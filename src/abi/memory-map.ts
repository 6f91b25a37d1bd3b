/**
 * Where things are in the one linear memory, and how a frame looks. Every layer that reads or writes machine memory
 * agrees on this page.
 *
 *   0x0000 …          null page: never valid, a dereference is a fault
 *   NULL_LIMIT …      constant and static data of the program (`DebugGlobal.address`)
 *   dataEnd …         kernel heap (slab pages), grows up
 *   … userStart       user memory: what system calls get pointers to
 *   … stacksStart     task stacks, each grows down; pages before and behind them, and STACK_GAP bytes between them,
 *                     belong to nothing
 *   … flags           one byte per statement: nonzero = stop there
 *   … slab            the slab's records of its caches, see `slab-layout.ts`
 *   … shadow          one byte per 16 bytes of all that a pointer can name: SHADOW_VALID = may be accessed by C, else why not (SHADOW_*)
 *
 * The shadow covers 4 GiB, so that one load tells of any address. It takes 256 MiB of address space, of which pages are
 * real that were written: those of memory that exists. What was never written is zero, SHADOW_UNALLOCATED.
 *
 * Function pointers are not addresses in this memory: function id n has the value TEXT_BASE + 16 n, so that the
 * inspector can name it, a null one is caught, and reading through one is a wild dereference.
 *
 * Frame (stack grows down; C arguments lie as on the i386, first argument lowest):
 *
 *   fp + 24 …         arguments, in the caller's outgoing area
 *   fp + 16           return value (8 bytes)
 *   fp + 8            caller's fp, 0 at the bottom of a stack    } written only when the native
 *   fp + 4            function id                                } stack unwinds: free on the fast path
 *   fp + 0            resume point (`ResumePoint` index, "pc")   }
 *   base + …          locals, temporaries, outgoing areas of calls; base = fp − frameSize
 *
 * A function with objects in its frame writes its id at once and looks whether it is still there when it returns or
 * suspends: what runs over the end of an object in the frame meets it before anything else of ours.
 */

/** Addresses below are null dereferences. */
export const NULL_LIMIT = 0x1000;
/**
 * Words in the null page, where C cannot reach, through which running code and the machine talk. They are no state of
 * the program: all of them mean something only while it runs or when it has just stopped.
 */
export const Control = {
  /**
   * Statements left in the slice, up to date while a task is suspended or a service runs; negative: suspend at the next
   * loop or call.
   */
  fuel: 0x20,
  /** Frames must not begin below this address. */
  stackLimit: 0x24,
  /** fp of the innermost frame when a task suspends. */
  top: 0x28,
  /** Address of the last fault. */
  faultAddress: 0x2c,
  /** Why the innermost frame suspended. */
  status: 0x30,
  /** Nonzero: every allocation goes through the services. */
  slabWatched: 0x34,
  /** Eight bytes: what the machine's clock will be when the fuel is used up. */
  clockAtEnd: 0x38,
  /** fp of a frame that was found written over when its function suspended, until the machine has seen it. */
  damaged: 0x40,
  /** First byte, and number, of those whose changes are told: see `wasm/watch-stores.ts`. */
  watchStart: 0x44,
  watchSize: 0x48,
  /** The statement that made the last call; -1 when a frame was entered from outside. */
  callSite: 0x4c,
  /** Nonzero: a read of a local variable that was never written is a stop. */
  readsWatched: 0x50,
  /** The load that is told of, in code whose loads are watched. */
  loadAddress: 0x54,
  loadSize: 0x58,
} as const;
/** Value of the function pointer to function id 0. */
export const TEXT_BASE = 0xc0100000;
/** Distance between function pointer values. */
export const TEXT_STEP = 16;

/** Offsets in the frame header. */
export const FRAME_PC = 0;
export const FRAME_FUNCTION = 4;
export const FRAME_PARENT = 8;
/** Nothing: the result is aligned. */
export const FRAME_PAD = 12;
export const FRAME_RETURN = 16;
/** Size of the header; arguments follow it. */
export const FRAME_HEADER = 24;

/**
 * Argument words that are handed over as values, not through memory, when they are integers or pointers. A callee writes
 * them to its argument area when it suspends, or when their address is taken; there is always room for that many.
 */
export const REGISTER_WORDS = 3;
/**
 * Bytes at the low end of each stack that only a function that calls nothing may use: it need not look where the stack
 * ends.
 */
export const RED_ZONE = 256;
/** Bytes at the high end of each stack that belong to nothing, so that what runs over a stack's end is caught. */
export const STACK_GAP = 64;
/** Native stack is given back at the latest when C frames of this many bytes lie on it. */
export const NATIVE_DEPTH = 32 << 10;

/** One shadow byte stands for 1 << SHADOW_SHIFT bytes. */
export const SHADOW_SHIFT = 4;
/** Bytes of shadow for every address of 32 bits. */
export const SHADOW_SIZE = 2 ** (32 - SHADOW_SHIFT);
/** Never allocated, or no memory at all. */
export const SHADOW_UNALLOCATED = 0;
export const SHADOW_VALID = 1;
/** Freed and not allocated again. */
export const SHADOW_FREED = 2;
/** User memory: the kernel must go through copy_from_user and copy_to_user. */
export const SHADOW_USER = 3;
/** The null page, and other addresses that belong to nothing. */
export const SHADOW_GUARD = 4;

/** Bytes of a kernel task's stack, and of all stacks together, unless a build or a machine is told otherwise. */
export const STACK_SIZE = 64 << 10;
export const STACKS_SIZE = 2 << 20;

/** Byte with which freed slab objects are filled, as mm/slab.c does. */
export const POISON_FREE = 0x6b;
/** Byte with which fresh slab objects are filled. */
export const POISON_ALLOC = 0x5a;

/** Sizes of the regions of one program. Everything is rounded to pages of 4096 bytes. */
export interface MemoryMap {
  readonly dataStart: number;
  readonly dataEnd: number;
  readonly heapStart: number;
  readonly heapEnd: number;
  readonly userStart: number;
  readonly userEnd: number;
  readonly stacksStart: number;
  readonly stacksEnd: number;
  readonly flagsStart: number;
  readonly flagsEnd: number;
  readonly slabStart: number;
  readonly slabEnd: number;
  readonly shadowStart: number;
  /** Size of the linear memory in wasm pages of 64 KiB. */
  readonly pages: number;
}
