import { mergedText } from '../view/merged.ts';
import { MERGE_REQUEST, type MergeParams } from '../view/protocol.ts';
import type { Feature } from './feature.ts';

/** Several files as one trace. What goes wrong is told to the user. */
export const mergingFeature: Feature = {
  capabilities: {},
  register({ connection, openFile }) {
    connection.onRequest(MERGE_REQUEST, (params: MergeParams) => mergedText(params, openFile));
  },
};
