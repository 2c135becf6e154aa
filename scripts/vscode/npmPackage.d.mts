/** The folder of a package of npm in one version (`mermaid@12.3.0`), unpacked on the first call, without what it depends on. */
export function npmPackage(specifier: string): Promise<string>;
