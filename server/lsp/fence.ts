/** Where a fence writes what it caught. */
interface Log {
  error(message: string): void;
}

/** Runs handlers so that nothing they throw gets out. */
export interface Fence {
  /** The handler, answering `empty` where it throws. */
  around<A extends unknown[], R>(
    what: string,
    handler: (...args: A) => R,
    empty: Awaited<R>,
  ): (...args: A) => R | Awaited<R> | Promise<Awaited<R>>;
  /** Logs an error that was caught elsewhere. */
  report(what: string, error: unknown): void;
}

/** A fence that logs each error once, in a sentence. */
export function createFence(log: Log): Fence {
  const said = new Set<string>();
  const report = (what: string, error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    const sentence = `SIP Lens could not ${what}: ${message}`;
    if (said.has(sentence) || said.size > 100) return;
    said.add(sentence);
    log.error(error instanceof Error && error.stack ? `${sentence}\n${error.stack}` : sentence);
  };
  return {
    report,
    around(what, handler, empty) {
      const failed = (error: unknown) => {
        report(what, error);
        return empty;
      };
      return (...args) => {
        try {
          const answer = handler(...args);
          return answer instanceof Promise ? answer.catch(failed) : answer;
        } catch (error) {
          return failed(error);
        }
      };
    },
  };
}
