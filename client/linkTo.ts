import { env, type Uri, workspace } from 'vscode';
import { PATH, TRACE } from './linkTarget.ts';

const EXTENSION = 'sip-lens.sip-lens';

/** A link that opens the ladder of a trace at a message (one-based). What lies in the workspace is named by its path there, so that others can open it. */
export function linkTo(trace: Uri, index: number): string {
  const name = workspace.getWorkspaceFolder(trace) ? workspace.asRelativePath(trace) : trace.toString();
  return `${env.uriScheme}://${EXTENSION}${PATH}?${TRACE}${encodeURIComponent(name)}#${index}`;
}
