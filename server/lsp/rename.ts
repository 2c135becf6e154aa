import { LSPErrorCodes, ResponseError, type WorkspaceEdit } from 'vscode-languageserver';
import { rename, renamingAt } from '../engine/authoring/rename.ts';
import { ourDocument, whileCurrent } from './current.ts';
import type { Feature } from './feature.ts';
import { workspaceEdit } from './workspaceEdit.ts';

/** Rename of a user, a conference or a CCCP request across the document. */
export const renameFeature: Feature = {
  capabilities: { renameProvider: { prepareProvider: true } },
  register(host) {
    const { connection, fence } = host;
    connection.onPrepareRename(
      fence.around(
        'prepare a rename',
        ({ textDocument: { uri }, position }) => {
          const doc = ourDocument(host, uri);
          const found = doc && renamingAt(doc, doc.offset(position));
          return found && { range: doc.range(found.at), placeholder: found.name };
        },
        null,
      ),
    );
    connection.onRenameRequest(
      fence.around(
        'rename',
        async ({ textDocument: { uri }, position, newName }, token): Promise<WorkspaceEdit | ResponseError | null> => {
          const doc = ourDocument(host, uri);
          const result = doc && (await whileCurrent(host, doc, token, rename(doc, doc.offset(position), newName)));
          if (!result) return null;
          if ('refusal' in result) return new ResponseError(LSPErrorCodes.RequestFailed, result.refusal);
          return workspaceEdit(host, doc, result.edits);
        },
        null,
      ),
    );
  },
};
