/** Of so many traces something is kept in a workspace: those that it was told of last. */
export const MOST_TRACES = 500;

/** What is kept of each trace, once `value` is told of one; undefined forgets it. What was told of longest ago goes first. */
export function keptWith<Value>(
  kept: Readonly<Record<string, Value>>,
  trace: string,
  value: Value | undefined,
  most = MOST_TRACES,
): Record<string, Value> {
  const { [trace]: _before, ...others } = kept;
  if (value === undefined) return others;
  return Object.fromEntries([...Object.entries(others), [trace, value] as const].slice(-most));
}
