import { type FromPage, serve, type ToPage } from '../../server/view/protocol.ts';
import { fakeTrace, type Wanted } from './fakeTrace.ts';

/** Stands for VS Code in a bare browser: it answers the page and notes what the page posts. */
const query = new URLSearchParams(location.search);
const count = (name: string, otherwise: number) => Number(query.get(name) ?? otherwise);
const posted: FromPage[] = [];
const times: Wanted['times'] = query.has('times') ? (query.get('times') === 'rhythm' ? 'rhythm' : 'even') : null;
const reading = query.has('read') ? ({ read: count('read', 0), size: 2 ** 30, state: 'reading' } as const) : null;
let wanted = {
  ...{ rows: count('rows', 17), lanes: count('lanes', 5), delay: count('delay', 0), times },
  keepAlives: query.has('keep'),
  reading,
};
let trace = fakeTrace(wanted);
let broken = query.has('broken');

const send = (message: ToPage) => window.postMessage(message, '*');

/** How long the first rows take once the page knows what there is. */
const timing = { summary: 0, firstRow: 0 };
new MutationObserver((_, observer) => {
  if (!document.querySelector('.row.message')) return;
  timing.firstRow = performance.now();
  observer.disconnect();
}).observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ['class'] });

async function answer(message: FromPage): Promise<void> {
  posted.push(message);
  if (message.type !== 'call') return;
  const { id } = message;
  if (message.call.method === 'summary') timing.summary = performance.now();
  if (broken)
    send({ type: 'failure', id, message: 'eject-user.sip cannot be opened. It may have been moved or deleted.' });
  else send({ type: 'reply', id, value: await serve(trace, message.call) });
}

Object.assign(window, {
  posted,
  timing,
  send,
  acquireVsCodeApi: () => ({
    postMessage: (message: FromPage) => void answer(structuredClone(message)),
    getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
    setState: (state: unknown) => sessionStorage.setItem('state', JSON.stringify(state)),
  }),
  change: (rows: number, times = wanted.times) => {
    wanted = { ...wanted, rows, times };
    trace = fakeTrace(wanted);
    send({ type: 'changed' });
  },
  mend: () => (broken = false),
});
