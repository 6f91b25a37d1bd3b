/**
 * Opens a run for a host that reads from disk: the debug adapter on stdio.
 *
 * In: the package's root folder and launch arguments. Out: an opened session, or diagnostics. A kernel folder must be a copy
 * of the bundled kernel (it has a kernel.json); its files take the place of the bundled ones.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenedSession } from '../dap/adapter-host';
import type { LaunchArguments } from '../dap/launch-arguments';
import { openSession, type ProgramCache } from '../session/open-session';
import type { Diagnostic } from '../source/diagnostic';
import { readKernelFolder } from './kernel-folder';

/** Texts of `media/` by path, from the built index. */
export function readMedia(root: string): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(join(root, 'dist', 'media.json'), 'utf8')) as Record<string, string>;
}

/** Opens the scenario or script of the arguments. */
export async function openFromDisk(root: string, launch: LaunchArguments, cache: ProgramCache, media = readMedia(root)): Promise<OpenedSession> {
  const refuse = (diagnostic: Diagnostic): OpenedSession => ({ diagnostics: [diagnostic] });
  const bytes = (name: string): Uint8Array => readFileSync(join(root, 'dist', name));
  let script: { path: string; text: string } | undefined;
  let overlay: Readonly<Record<string, string>> = {};
  try {
    script = launch.program === undefined ? undefined : { path: launch.program, text: readFileSync(launch.program, 'utf8') };
  } catch {
    return refuse({ code: 'SS5004', severity: 'error', path: launch.program, message: 'the script cannot be read', remedy: 'check the path' });
  }
  try {
    overlay = launch.kernel === undefined ? {} : readKernelFolder(launch.kernel);
  } catch {
    return refuse({ code: 'SS8001', severity: 'error', path: launch.kernel, message: 'the kernel folder cannot be read', remedy: 'check the path' });
  }
  const wasm = { runtime: bytes('web-tree-sitter.wasm'), grammar: bytes('tree-sitter-c.wasm') };
  return openSession({ media, wasm, overlay, cache, scenario: launch.scenario, script, stepBudget: launch.stepBudget });
}
