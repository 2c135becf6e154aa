/** A program: the one on the PATH, or the one of a Debian package, unpacked on the first call. */
export function debianPackage(
  name: string,
  binary: string,
): Promise<{ readonly program: string; readonly env: NodeJS.ProcessEnv; readonly root: string }>;

/** A file of a Debian package, by its path below `/`: the one that is installed, or that of the package, unpacked on the first call. */
export function debianFile(name: string, path: string): Promise<string>;
