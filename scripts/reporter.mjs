// A reporter for node:test that says what failed and nothing of what passed. Its last line gives test.mjs the numbers.

/** The line that carries the numbers begins so. */
export const COUNTS = '@counts ';

export default async function* reporter(events) {
  const counts = { passed: 0, failed: 0 };
  for await (const { type, data } of events) {
    if (type === 'test:stderr' || type === 'test:stdout') yield data.message;
    if (type === 'test:pass' && isTest(data) && data.name !== data.file) counts.passed++;
    if (type !== 'test:fail' || !isTest(data)) continue;
    counts.failed++;
    yield `✖ ${data.name}  (${data.file}:${data.line})\n${indent(explain(data.details.error))}\n`;
  }
  yield `${COUNTS}${JSON.stringify(counts)}\n`;
}

/** A suite fails with its tests, which are counted; one that cannot be loaded, as a file, is a test that failed. */
function isTest({ details, skip, todo }) {
  const { error, type } = details;
  const stands = type === 'suite' ? error !== undefined : true;
  return stands && error?.failureType !== 'subtestsFailed' && skip === undefined && todo === undefined;
}

function explain(error) {
  const cause = error?.cause ?? error;
  return cause?.stack ?? String(cause);
}

const indent = (text) => text.replace(/^/gm, '    ');
