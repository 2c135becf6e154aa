/**
 * Milliseconds of this process alone that some work takes: others share the machine. It is for seeing that time does not grow faster than
 * the input; how fast the work is, is told by the benches.
 */
export async function cpuTime(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Eight times the input takes at most forty times as long, as far as that can be told from work so short. */
export async function isLinear(work: (part: number) => unknown): Promise<boolean> {
  const eighth = await cpuTime(() => work(1 / 8));
  return (await cpuTime(() => work(1))) < 200 + 40 * eighth;
}
