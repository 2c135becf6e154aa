import type { LintOptions } from '../engine/engine.ts';
import { FileTrace } from './fileTrace.ts';
import type { OpenFile } from './openedFile.ts';
import { serve, type TraceCall } from './protocol.ts';

/** The files that are read by ranges, by URI; in this thread or in another one. */
export interface FileTraces {
  /** Answers a question about a file, which is opened when the first one comes. `options`: how it is to be judged. */
  call(uri: string, call: TraceCall, options: LintOptions): Promise<unknown>;
  /** Nobody looks at the file any more. */
  close(uri: string): void;
}

/** @param changed told of each file of which there is more to see */
export function createFileTraces(open: OpenFile, changed: (uri: string) => void): FileTraces {
  const traces = new Map<string, FileTrace>();
  const close = (uri: string) => {
    traces.get(uri)?.close();
    traces.delete(uri);
  };
  return {
    close,
    async call(uri, call, options) {
      const trace = traces.get(uri) ?? new FileTrace(uri, open, () => changed(uri));
      traces.set(uri, trace);
      trace.judge(options);
      try {
        return await serve(trace.api, call);
      } catch (error) {
        // A file that cannot be opened is tried again when it is asked for again.
        if (!trace.isOpen && traces.get(uri) === trace) close(uri);
        throw error;
      }
    },
  };
}
