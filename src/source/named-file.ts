/**
 * Which file of a program a person means. In: a path as written (from the kernel's top folder, from any other folder, an
 * absolute one, the file's name alone, with `\` for `/`), and the program's paths. Out: the paths that it may stand for.
 */

/** The path itself when the program has it; else all that end so, or that end the path as written. */
export function filesNamed(written: string, paths: readonly string[]): readonly string[] {
  const wanted = written.replace(/\\/g, '/').replace(/^(?:\.{1,2}\/+)+/, '');
  if (wanted === '') {
    return [];
  }
  if (paths.includes(wanted)) {
    return [wanted];
  }
  const below = paths.filter((path) => path.endsWith(`/${wanted}`));
  if (below.length > 0) {
    return below;
  }
  // In front stands where the kernel lies: the longest path that fits is the one.
  const above = paths.filter((path) => wanted.endsWith(`/${path}`)).sort((a, b) => b.length - a.length);
  return above.slice(0, 1);
}
