import { PathExt } from '@jupyterlab/coreutils';

/**
 * Name notebooks by their files, and by their folders too where files are alike.
 *
 * Returns the shortest end of each path that no other path has; `''` stays.
 */
export function shortNames(paths: readonly string[]): Map<string, string> {
  const all = [...new Set(paths)];
  const names = new Map<string, string>();
  for (const path of all) {
    const parts = path.split('/');
    let count = 1;
    const name = (): string => parts.slice(-count).join('/');
    const isTaken = (other: string): boolean =>
      other !== path && `/${other}`.endsWith(`/${name()}`);
    while (count < parts.length && all.some(isTaken)) {
      count += 1;
    }
    names.set(path, count === 1 ? PathExt.basename(path) : name());
  }
  return names;
}
