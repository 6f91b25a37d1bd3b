/**
 * Where a user's compiled kernels are kept by the command line and the debug adapter on stdio.
 *
 * In: the environment, the platform, the home folder. Out: a folder, which need not exist; undefined where nothing is to
 * be kept (`SOCKSCOPE_CACHE` is there and empty, or there is no home).
 */
import { isAbsolute, join } from 'node:path';

export function cacheFolder(
  env: Readonly<Record<string, string | undefined>>,
  platform: string,
  home: string,
): string | undefined {
  const own = env.SOCKSCOPE_CACHE;
  if (own !== undefined) {
    return own === '' ? undefined : own;
  }
  const users = usersCache(env, platform, home);
  return users === undefined ? undefined : join(users, 'sockscope');
}

/** The XDG base directory specification says that a path that is not absolute counts as none. */
function usersCache(
  env: Readonly<Record<string, string | undefined>>,
  platform: string,
  home: string,
): string | undefined {
  const below = (...parts: string[]): string | undefined => (home === '' ? undefined : join(home, ...parts));
  switch (platform) {
    case 'darwin':
      return below('Library', 'Caches');
    case 'win32':
      return env.LOCALAPPDATA || below('AppData', 'Local');
    default:
      return env.XDG_CACHE_HOME && isAbsolute(env.XDG_CACHE_HOME) ? env.XDG_CACHE_HOME : below('.cache');
  }
}
