/** A script that stands for VS Code in the page: calls go to `askServer`; it keeps the time from the summary to the first frame with rows. */
export const HOST = `
  const timing = (window.timing = { summary: 0, firstRow: 0 });
  const send = (message) => window.postMessage(message, '*');
  window.acquireVsCodeApi = () => ({
    async postMessage(message) {
      if (message.type !== 'call') return;
      const value = await window.askServer(message.call);
      if (message.call.method === 'summary') timing.summary = performance.now();
      send({ type: 'reply', id: message.id, value });
    },
    getState: () => undefined,
    setState() {},
  });
  new MutationObserver((_, observer) => {
    if (!document.querySelector('.row.message')) return;
    observer.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => (timing.firstRow = performance.now())));
  }).observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ['class'] });

  // Scrolls from top to bottom in that time; gives the milliseconds between frames.
  window.scrollThrough = (duration) => {
    const ladder = document.querySelector('.ladder');
    const way = ladder.scrollHeight - ladder.clientHeight;
    const deltas = [];
    return new Promise((done) => {
      let first = 0;
      let last = 0;
      function step(now) {
        if (last > 0) deltas.push(now - last);
        first ||= now;
        last = now;
        ladder.scrollTop = (way * (now - first)) / duration;
        if (now - first < duration) requestAnimationFrame(step);
        else done(deltas);
      }
      requestAnimationFrame(step);
    });
  };
`;
