/** A program: the one on the PATH, or the one of a Debian package, unpacked on the first call. */
export function debianPackage(
  name: string,
  binary: string,
): Promise<{ readonly program: string; readonly env: NodeJS.ProcessEnv; readonly root: string }>;
