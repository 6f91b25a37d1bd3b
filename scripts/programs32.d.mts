/** Types of programs32.mjs, for the tests. */

/** How 32-bit programs run on a machine. */
export interface Programs32 {
  readonly way: 'native' | 'qemu' | 'none';
  /** The command in front of the program, where the way is qemu. */
  readonly emulator?: string;
  /** Why not by themselves, and what to do where they do not run at all. */
  readonly sentence?: string;
  /** The Debian package that would help, where they do not run at all. */
  readonly need?: 'gcc-multilib' | 'qemu-user';
}

export function look32(env?: NodeJS.ProcessEnv): Programs32;
export function programs32(): Programs32;
export function forgetPrograms32(): void;
/** Command and arguments that run a 32-bit program, as spawn takes them; throws the sentence where none does. */
export function command32(program: string, args?: readonly string[], how?: Programs32): [string, string[]];
