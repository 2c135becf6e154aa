// Runs inside the extension host: asks the tools for language models as a chat would.
const assert = require('node:assert/strict');
const vscode = require('vscode');

exports.run = async () => {
  const ask = async (name, input) => {
    const result = await vscode.lm.invokeTool(`sipLens_${name}`, { input, toolInvocationToken: undefined });
    return result.content.map(({ value }) => value).join('');
  };
  const known = vscode.lm.tools.map(({ name }) => name).filter((name) => name.startsWith('sipLens_'));
  assert.equal(known.length, 5, `the tools are there: ${known}`);
  const path = 'eject-user.sip';
  assert.match(await ask('summarizeTrace', { path }), /^eject-user\.sip\n17 messages/);
  assert.match(await ask('lint', { path, severity: 'warning' }), /cccp-user-mismatch \(line \d+/);
  assert.equal(vscode.workspace.textDocuments.length, 0, 'nothing was opened for it');

  await assert.rejects(ask('summarizeTrace', {}), /No trace is open in front/);
  await vscode.window.showTextDocument(vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, path));
  assert.match(await ask('showLadder', { filter: 'method:BYE' }), /All of the 8 \(of 17\)/);
  assert.match(await ask('findMessages', { filter: 'is:failure' }), /^9 IM MCU → Carol/m);
  assert.match(await ask('explainCall', { message: 9 }), /### Message 9: 481/);
  for (const away of ['../secret.txt', '/etc/hostname', 'none.sip'])
    await assert.rejects(ask('lint', { path: away }), /There is no file .* in the workspace/);
};
