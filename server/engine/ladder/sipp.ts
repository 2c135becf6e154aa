import { sippScenario } from '../sipp/scenario.ts';
import type { ExportFault, ExportSource } from './export.ts';

/** One side of a dialog as a scenario of sipp: of the dialog that is asked for, or of the first call. */
export function sippLadder({ ladder, trace, flow, dialog, role }: ExportSource): string | ExportFault {
  const { dialogs } = ladder;
  const wanted = dialog ?? (dialogs.find(({ kind }) => kind === 'call') ?? dialogs[0])?.id;
  if (wanted === undefined) return { why: 'a scenario of sipp is made of a dialog: there is none' };
  const scenario = dialogs.some(({ id }) => id === wanted)
    ? sippScenario(trace, flow, Number(wanted.slice(1)), role ?? 'uac')
    : null;
  return scenario ?? { why: `there is no request of a dialog ${wanted}` };
}
