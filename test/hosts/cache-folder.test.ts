/** Where compiled kernels are kept: each platform's folder for such things, or where the environment says. */
import { expect, test } from 'vitest';
import { cacheFolder } from '../../src/hosts/cache-folder';

const cases: readonly [string, Record<string, string>, string, string, string | undefined][] = [
  ['Linux', {}, 'linux', '/users/b', '/users/b/.cache/sockscope'],
  ['Linux with XDG_CACHE_HOME', { XDG_CACHE_HOME: '/var/c' }, 'linux', '/users/b', '/var/c/sockscope'],
  [
    'a relative XDG_CACHE_HOME counts as none',
    { XDG_CACHE_HOME: 'c' },
    'linux',
    '/users/b',
    '/users/b/.cache/sockscope',
  ],
  ['macOS', { XDG_CACHE_HOME: '/var/c' }, 'darwin', '/users/c', '/users/c/Library/Caches/sockscope'],
  ['Windows', { LOCALAPPDATA: '/users/a/local' }, 'win32', '/users/a', '/users/a/local/sockscope'],
  ['Windows without LOCALAPPDATA', {}, 'win32', '/users/a', '/users/a/AppData/Local/sockscope'],
  ['SOCKSCOPE_CACHE', { SOCKSCOPE_CACHE: '/c', XDG_CACHE_HOME: '/var/c' }, 'linux', '/users/b', '/c'],
  ['an empty SOCKSCOPE_CACHE', { SOCKSCOPE_CACHE: '' }, 'linux', '/users/b', undefined],
  ['no home', {}, 'linux', '', undefined],
];
test.each(cases)('%s', (_name, env, platform, home, folder) => {
  expect(cacheFolder(env, platform, home)?.replaceAll('\\', '/')).toBe(folder);
});
