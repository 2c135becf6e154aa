import { callKeys } from './callKeys.ts';
import { columnKeys } from './columnKeys.ts';
import type { FilterKey } from './key.ts';
import { messageKeys } from './messageKeys.ts';

/** Every key of the filter language, in the order in which they are offered. */
export const filterKeys: readonly FilterKey[] = [...columnKeys, ...callKeys, ...messageKeys];
