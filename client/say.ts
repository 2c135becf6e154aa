import { window } from 'vscode';
import { messageOf } from './trace.ts';

/** Waits for work that somebody asked for; what goes wrong is told in a sentence. */
export async function orSay(done: Promise<unknown>): Promise<void> {
  try {
    await done;
  } catch (error) {
    void window.showErrorMessage(`SIP Lens: ${messageOf(error)}`);
  }
}
