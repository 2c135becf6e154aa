import { type FromPage, remote, type ToPage } from '../server/view/protocol.ts';
import { connect } from './host.ts';
import { Page } from './page.ts';

const host = connect();
const { api, receive } = remote((message: FromPage & { type: 'call' }) => host.post(message));
const page = new Page(host, api);
document.body.append(...page.elements);

window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
  receive(data);
  if (data.type === 'changed') void page.load();
  if (data.type === 'settings') page.take(data.settings, data.lanes);
  if (data.type === 'select') page.selectFromText(data.index);
  if (data.type === 'filter') page.showOnly(data.scope);
  if (data.type === 'showCall') page.showCall(data.call, data.index);
  if (data.type === 'do') page.command(data.action);
  if (data.type === 'relinked') page.relinked();
  if (data.type === 'gone') page.gone(data.message);
});
void page.load();
