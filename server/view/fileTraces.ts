import type { LintOptions } from '../engine/engine.ts';
import { FileTrace } from './fileTrace.ts';
import type { OpenFile } from './openedFile.ts';
import { type LinkDecision, serve, type TraceCall } from './protocol.ts';

/** What else the answers about a file depend on: how it is to be judged, and what was told of its legs by hand. */
export interface FileGiven {
  readonly options: LintOptions;
  readonly decided: readonly LinkDecision[];
}

/** The files that are read by ranges, by URI; in this thread or in another one. */
export interface FileTraces {
  /** Answers a question about a file, which is opened when the first one comes. */
  call(uri: string, call: TraceCall, given: FileGiven): Promise<unknown>;
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
    async call(uri, call, { options, decided }) {
      const trace = traces.get(uri) ?? new FileTrace(uri, open, () => changed(uri));
      traces.set(uri, trace);
      trace.judge(options);
      trace.decide(decided);
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
