import { env, type Uri, workspace } from 'vscode';

const EXTENSION = 'sip-lens.sip-lens';
/** The parts of a link: `vscode://sip-lens.sip-lens/open?trace=logs/a.sip#12`. */
export const PATH = '/open';
export const TRACE = 'trace=';

/** A link that opens the ladder of a trace at a message (one-based). What lies in the workspace is named by its path there, so that others can open it. */
export function linkTo(trace: Uri, index: number): string {
  const name = workspace.getWorkspaceFolder(trace) ? workspace.asRelativePath(trace) : trace.toString();
  return `${env.uriScheme}://${EXTENSION}${PATH}?${TRACE}${encodeURIComponent(name)}#${index}`;
}
