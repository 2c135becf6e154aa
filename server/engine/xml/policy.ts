import type { Severity } from '../base/text.ts';
import { CCCP, CONFERENCE_INFO } from './schemas.ts';
import type { Fault } from './tree.ts';

/** Where a fault is: `name` is that of the attribute it is about, if any. */
export interface FaultPlace {
  readonly fault: Fault;
  readonly namespace: string;
  /** The namespace whose schema says so: of the parent, where a child is in a wrong place. */
  readonly judgedBy: string;
  readonly local: string;
  readonly name: string | undefined;
}

interface Mildness extends Partial<FaultPlace> {
  readonly fault: Fault;
  readonly cap: Severity;
  /** The row is about schemas of ours that are known to be incomplete: it does not hold where the user has brought a schema. */
  readonly ours?: true;
}

/** Microsoft's extensions: what is known of them is what was seen. */
const EXTENSIONS = 'http://schemas.microsoft.com/rtc/';

/** Faults that published messages have and receivers put up with. The first row that fits holds. */
const MILD: readonly Mildness[] = [
  // Microsoft's own documents have media without id.
  { fault: 'missing-attribute', namespace: CONFERENCE_INFO, local: 'media', name: 'id', cap: 'warning' },
  // RFC 4575 wants extensions last; not all senders heed it.
  { fault: 'order-extension', cap: 'warning' },
  // Receivers must ignore what they do not know (MS-CONFBAS §2.2.2.12).
  { fault: 'extension', cap: 'warning' },
  // Microsoft has commands and reasons that the draft does not know.
  { fault: 'command', cap: 'warning' },
  { fault: 'value', namespace: CCCP, name: 'reason', cap: 'warning' },
  { fault: 'root', namespace: CCCP, cap: 'warning' },
  // An unknown name in a namespace of Microsoft's is never an error, and what else is odd in one may be our ignorance.
  { fault: 'attribute', judgedBy: EXTENSIONS, ours: true, cap: 'hint' },
  { fault: 'element', judgedBy: EXTENSIONS, ours: true, cap: 'hint' },
  { fault: 'order', judgedBy: EXTENSIONS, ours: true, cap: 'hint' },
  { fault: 'missing-attribute', judgedBy: EXTENSIONS, ours: true, cap: 'hint' },
  { fault: 'missing-element', judgedBy: EXTENSIONS, ours: true, cap: 'hint' },
  { fault: 'text', judgedBy: EXTENSIONS, ours: true, cap: 'hint' },
  { fault: 'other', judgedBy: EXTENSIONS, ours: true, cap: 'hint' },
  { fault: 'value', judgedBy: EXTENSIONS, ours: true, cap: 'warning' },
];

/**
 * How grave a fault is at most; undefined where the rule's severity holds.
 * @param replaced the namespaces whose schemas are the user's own
 */
export function severityCap(place: FaultPlace, replaced: ReadonlySet<string>): Severity | undefined {
  return MILD.find((row) => fits(row, place) && !(row.ours && replaced.has(place.judgedBy)))?.cap;
}

function fits(row: Mildness, place: FaultPlace): boolean {
  return (
    row.fault === place.fault &&
    isOf(row.namespace, place.namespace) &&
    isOf(row.judgedBy, place.judgedBy) &&
    (row.local ?? place.local) === place.local &&
    (row.name ?? place.name) === place.name
  );
}

/** Whether a namespace is the one a row is about; one that ends in a slash stands for all that begin so. */
function isOf(wanted: string | undefined, namespace: string): boolean {
  if (wanted === undefined || wanted === namespace) return true;
  return wanted.endsWith('/') && namespace.startsWith(wanted);
}
