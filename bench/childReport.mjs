// Loaded into a measured process: at its end it writes what it took to file descriptor 3.
import { readFileSync, writeSync } from 'node:fs';

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  writeSync(3, JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1000, peak: peakOf() ?? maxRSS * 1024 }));
});

/** Linux counts the memory of the process that forked this one into maxRSS, but not into VmHWM. */
function peakOf() {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'latin1'))[1]) * 1024;
  } catch {
    return undefined;
  }
}
