import { Worker } from 'node:worker_threads';
import type { FileGiven, FileTraces } from './view/fileTraces.ts';
import type { TraceCall } from './view/protocol.ts';

/** What goes to the thread that reads files, and what comes from it. */
export type ToThread =
  | {
      readonly type: 'call';
      readonly id: number;
      readonly uri: string;
      readonly call: TraceCall;
      readonly given: FileGiven;
    }
  | { readonly type: 'close'; readonly uri: string };
export type FromThread =
  | { readonly type: 'reply'; readonly id: number; readonly value: unknown }
  | { readonly type: 'failure'; readonly id: number; readonly message: string }
  | { readonly type: 'changed'; readonly uri: string };

/** Files that a thread of its own reads. It is started with the first question, and ends with the last file. */
export function filesInThread(script: URL, changed: (uri: string) => void): FileTraces {
  const open = new Set<string>();
  let thread: FileThread | null = null;
  const started = () => {
    thread ??= startThread(script, changed, (ended) => {
      if (thread === ended) thread = null;
    });
    return thread;
  };
  return {
    call(uri, call, given) {
      open.add(uri);
      return started().call(uri, call, given);
    },
    close(uri) {
      if (!open.delete(uri)) return;
      if (open.size > 0) return thread?.close(uri);
      thread?.end();
      thread = null;
    },
  };
}

interface FileThread extends FileTraces {
  end(): void;
}

function startThread(script: URL, changed: (uri: string) => void, ended: (thread: FileThread) => void): FileThread {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const worker = new Worker(script);
  worker.unref();
  let last = 0;
  const post = (message: ToThread) => worker.postMessage(message);
  const giveUp = (why: string) => {
    ended(thread);
    for (const { reject } of waiting.values()) reject(new Error(why));
    waiting.clear();
  };
  const thread: FileThread = {
    call: (uri, call, given) =>
      new Promise((resolve, reject) => {
        waiting.set(++last, { resolve, reject });
        post({ type: 'call', id: last, uri, call, given });
      }),
    close: (uri) => post({ type: 'close', uri }),
    end: () => void worker.terminate(),
  };
  worker.on('message', (message: FromThread) => {
    if (message.type === 'changed') return changed(message.uri);
    const call = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.type === 'reply') call?.resolve(message.value);
    else call?.reject(new Error(message.message));
  });
  worker.on('error', (error) => giveUp(`The file could not be read on: ${error.message}.`));
  worker.on('exit', () => giveUp('The file was closed.'));
  return thread;
}
