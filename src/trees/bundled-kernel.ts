/**
 * The bundled kernel as a program to compile: `media/kernel/kernel.json` names its sources, include folders and
 * definitions.
 */
import { createKernel } from '../kernel/kernel';
import type { MediaFiles } from '../source/media-files';
import { mediaLoader } from '../source/media-files';
import type { ProgramSource } from '../compile/program';
import type { Replacement } from '../source/replacement';
import { knownConstants } from './known-constants';
import { laterMembers } from './later-members';

interface KernelDescription {
  readonly sources: readonly string[];
  readonly include: readonly string[];
  readonly defines: Readonly<Record<string, string>>;
}

/**
 * Functions of the bundled kernel that are our own, with the function of Linux whose work each does a part of. The notes
 * say the same (`part-of`).
 */
export function partsOfFunctions(media: MediaFiles): ReadonlyMap<string, string> {
  const { partOf } = JSON.parse(media['media/kernel/kernel.json'] ?? '{}') as { partOf?: Record<string, string> };
  return new Map(Object.entries(partOf ?? {}));
}

/** `overlay` replaces sources by path below `media/kernel`; `replacement` single functions. */
export function bundledKernel(
  media: MediaFiles,
  overlay: Readonly<Record<string, string>> = {},
  replacement?: Replacement,
): ProgramSource {
  const description = JSON.parse(
    media['media/kernel/kernel.json'] ?? '{"sources":[],"include":[],"defines":{}}',
  ) as KernelDescription;
  const services = new Set(createKernel().modules.flatMap((module) => module.services.map((service) => service.name)));
  return {
    loader: mediaLoader(media, 'kernel', overlay),
    sources: description.sources,
    includePaths: description.include,
    defines: description.defines,
    build: { services },
    replacement,
    knownMembers: laterMembers,
    knownConstants,
  };
}
