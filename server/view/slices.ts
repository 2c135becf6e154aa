/** How long a computation may keep other requests waiting. */
const SLICE_MS = 20;

/**
 * Runs a computation to its end and lets other requests in between two slices of it; null where it was stopped before.
 * @param progress is given what the last step of each slice gave
 * @param length of a slice in milliseconds
 */
export async function inSlices<T, P>(
  steps: Iterator<P, T>,
  stopped: () => boolean,
  progress: (reached: P) => void = () => {},
  length = SLICE_MS,
): Promise<T | null> {
  for (;;) {
    const deadline = performance.now() + length;
    let reached: P;
    do {
      const step = steps.next();
      if (step.done) return step.value;
      reached = step.value;
    } while (performance.now() < deadline);
    progress(reached);
    await breath();
    if (stopped()) return null;
  }
}

/** Waits until what has come in meanwhile is dealt with. */
export function breath(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
