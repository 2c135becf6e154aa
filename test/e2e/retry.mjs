// A test in a real editor, which a busy machine can make lose a key or a click.
import { test } from 'node:test';

const ATTEMPTS = 3;

/**
 * Registers a test whose body is run again, with everything made anew, where it fails: what is wrong fails each time, a key
 * that was lost does not. Each failure that did not last is printed. The body is given `name`, `after` and `passed`, as by node:test.
 */
export function editorTest(name, body) {
  test(name, async () => {
    for (let attempt = 1; ; attempt++) {
      const failure = await run(name, body);
      if (!failure) return;
      if (attempt === ATTEMPTS) throw failure;
      console.error(`↻ ${name}: tried again, since ${failure.message}`);
    }
  });
}

/** Runs a body once and cleans up after it; gives what it threw. */
async function run(name, body) {
  const cleanUps = [];
  const context = { name, passed: undefined, after: (cleanUp) => cleanUps.push(cleanUp) };
  const failure = await outcome(() => body(context));
  context.passed = failure === undefined;
  const failures = [failure];
  for (const cleanUp of cleanUps) failures.push(await outcome(cleanUp));
  return failures.find((one) => one !== undefined);
}

async function outcome(action) {
  try {
    await action();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
