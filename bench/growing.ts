import { execFileSync } from 'node:child_process';
import { built } from './built.ts';
import { captureFile } from './captures.ts';
import { traceFile } from './data.ts';
import { ms, printTable } from './table.ts';

interface Reading {
  readonly whole: number;
  readonly longest: number;
  readonly snapshot: number;
  readonly appended: number;
  readonly messages: number;
}

/** Files as the editor reads them: how long it is deaf at most, and what a megabyte more takes. Milliseconds of the processor. */
export async function measureGrowing(sizes: string[]): Promise<void> {
  const reader = await built('growingReader');
  const rows: Record<string, string | number>[] = [];
  for (const size of sizes.length > 0 ? sizes : ['300M', '1G'])
    for (const [what, file] of [
      ['text', traceFile(size)],
      ['pcap', captureFile(size)],
    ] as const) {
      const reading = JSON.parse(execFileSync(process.execPath, [reader, file], { encoding: 'utf8' })) as Reading;
      rows.push({
        size: `${size} ${what}`,
        'read (cpu)': ms(reading.whole),
        'longest between two turns': ms(reading.longest),
        'a snapshot': ms(reading.snapshot),
        '1 MB more': ms(reading.appended),
        messages: reading.messages,
      });
    }
  printTable('Files that grow: read by ranges as the editor does it', rows);
}
