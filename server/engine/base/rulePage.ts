import { specUrl } from './spec.ts';

/** Where the pages about rules lie in the repository. */
export const PAGES = 'docs/rules';

declare const SIP_LENS_REPOSITORY: string | undefined;

/** The repository that the bundle was built for says so itself; there is none in the sources. */
const REPOSITORY = typeof SIP_LENS_REPOSITORY === 'string' ? SIP_LENS_REPOSITORY : '';

/**
 * The page that explains a rule: its own in the repository; where nobody knows the repository that of its source; null where there is none.
 * @param repository as `package.json` has it, or ''
 */
export function ruleUrl(rule: string, spec: string | undefined, repository = REPOSITORY): string | null {
  const base = repository
    .replace(/^git\+/, '')
    .replace(/\.git$/, '')
    .replace(/\/+$/, '');
  if (/^https:\/\/[^/]+\/./.test(base)) return `${base}/blob/main/${PAGES}/${rule}.md`;
  return spec === undefined ? null : specUrl(spec);
}
