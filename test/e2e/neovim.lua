-- Opens FILE in Neovim with the language server of SERVER, and prints what its client has, as JSON.
vim.api.nvim_create_autocmd({ 'BufRead', 'BufNewFile' }, { pattern = '*.cccp', command = 'setfiletype cccp' })
vim.api.nvim_create_autocmd('FileType', {
  pattern = 'cccp',
  callback = function(event)
    local client = vim.lsp.start_client({
      name = 'sip-lens',
      cmd = { vim.env.NODE, vim.env.SERVER, '--stdio' },
      root_dir = vim.fn.getcwd(),
    })
    vim.lsp.buf_attach_client(event.buf, client)
  end,
})
vim.cmd('edit ' .. vim.fn.fnameescape(vim.env.FILE))
vim.wait(30000, function() return #vim.diagnostic.get(0) > 0 end, 20)
local client = vim.lsp.get_active_clients()[1]
local capabilities = {}
for name, value in pairs(client and client.server_capabilities or {}) do
  if value then table.insert(capabilities, name) end
end
print(vim.json.encode({ diagnostics = vim.diagnostic.get(0), capabilities = capabilities, filetype = vim.bo.filetype }))
vim.lsp.stop_client(vim.lsp.get_active_clients())
vim.wait(5000, function() return #vim.lsp.get_active_clients() == 0 end, 20)
vim.cmd('qall!')
