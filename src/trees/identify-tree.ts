/**
 * Which kernel a folder holds. In: the folder's files and its name. Out: a 2.4's version, or a diagnostic that says why
 * the folder cannot be stepped: another Linux (told with its version), a 2.4 without its socket layer, no Linux at all.
 *
 * The version is that of the top Makefile; trees without one (only a part of a kernel, or one older than the Makefile's
 * three lines) have it in a header, in their folder's name, or show their age by where the socket layer lies.
 */
import { itemAt } from '../base/checked-access';
import { sentence, type Words } from '../sentences/sentence';
import type { Diagnostic } from '../source/diagnostic';
import { hasFile, type FileLoader } from '../source/file-loader';

/** What kind of tree a folder holds. */
export interface TreeKind {
  readonly version: string;
  /** LINUX_VERSION_CODE: major × 65536 + minor × 256 + patch level. */
  readonly code: number;
}

/** Without these there is nothing to compile. */
const NEEDED = ['net/ipv4/af_inet.c', 'include/net/sock.h'];
/** Files that are Linux's own: what else has a Makefile with `VERSION =`. */
const LINUX_FILES = [
  ...NEEDED,
  'init/main.c',
  'kernel/sched.c',
  'kernel/sched/core.c',
  'net/socket.c',
  'net/inet/af_inet.c',
  'include/linux/sched.h',
  'include/linux/skbuff.h',
];

/** The kind of tree; a diagnostic says why a folder cannot be stepped. */
export function identifyTree(loader: FileLoader, name: string): TreeKind | Diagnostic {
  const there = (path: string): boolean => hasFile(loader, path);
  if (!LINUX_FILES.some(there)) {
    return refusal(
      'SS8001',
      name,
      sentence('this-folder-is-no-linux-source-tree'),
      sentence('name-the-top-folder-of-a-linux-2-4-source-tree'),
    );
  }
  const version = versionOf(loader, name);
  if (!version) {
    return refusal(
      'SS8001',
      name,
      sentence('this-is-a-part-of-linux-of-unknown-version-the-top'),
      sentence('name-the-top-folder-of-a-whole-linux-2-4-source-tree'),
    );
  }
  const [major, minor, patch] = version;
  const told = minor === undefined ? `${major}.x` : version.filter((number) => number !== undefined).join('.');
  if (major !== 2 || minor !== 4) {
    return refusal(
      'SS8002',
      name,
      sentence('this-is-linux-told-only-2-4-can-be-stepped', { told }),
      sentence('reading-features-still-work-for-stepping-name-a'),
    );
  }
  const absent = NEEDED.filter((path) => !there(path));
  if (absent.length > 0 || !there('Makefile')) {
    const files = [...absent, ...(there('Makefile') ? [] : ['Makefile'])].join(', ');
    return refusal(
      'SS8001',
      name,
      sentence('this-is-a-part-of-linux-told-it-lacks-files', { told, files }),
      sentence('complete-the-tree'),
    );
  }
  return { version: told, code: major * 65536 + minor * 256 + (patch ?? 0) };
}

function refusal(code: Diagnostic['code'], path: string, message: Words, remedy: Words): Diagnostic {
  return { code, severity: 'error', path, message, remedy };
}

type Version = readonly [major: number, minor: number | undefined, patch: number | undefined];

function versionOf(loader: FileLoader, name: string): Version | undefined {
  const makefile = loader.load('Makefile')?.text.slice(0, SEARCHED) ?? '';
  const number = (key: string): number | undefined => {
    const match = new RegExp(`^${key}[ \\t]*:?=[ \\t]*(\\d{1,3})[ \\t]*(?:#.*)?\\r?$`, 'm').exec(makefile);
    return match ? Number(match[1]) : undefined;
  };
  const major = number('VERSION');
  if (major !== undefined) {
    return [major, number('PATCHLEVEL'), number('SUBLEVEL')];
  }
  for (const header of ['include/linux/version.h', 'include/linux/config.h']) {
    const text = loader.load(header)?.text.slice(0, SEARCHED) ?? '';
    const match = /^#\s*define\s+UTS_RELEASE\s+"(\d{1,3}(?:\.\d{1,3}){1,2})/m.exec(text);
    if (match) {
      return numbersIn(itemAt(match, 1));
    }
  }
  const named = /(?:^|[^\d.])(\d(?:\.\d{1,3}){1,2})(?!\d|\.\d)/.exec(name.split(/[\\/]/).filter(Boolean).at(-1) ?? '');
  if (named) {
    return numbersIn(itemAt(named, 1));
  }
  // Where 1.x had its socket layer.
  return loader.load('net/inet/af_inet.c') ? [1, undefined, undefined] : undefined;
}

/** Characters of a file that are looked at. */
const SEARCHED = 100_000;

function numbersIn(text: string): Version {
  const [major = 0, minor, patch] = text.split('.').map(Number);
  return [major, minor, patch];
}
