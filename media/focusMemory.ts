/**
 * Gives the focus back to what had it when the page gets it again: a browser forgets that as soon as the focus goes to another frame, for
 * instance to a question of VS Code. What is no longer there, or no longer shown, is told to `otherwise`.
 */
export function rememberFocus(otherwise: () => void): void {
  let last: HTMLElement | null = null;
  document.addEventListener('focusin', ({ target }) => {
    last = target instanceof HTMLElement ? target : null;
  });
  window.addEventListener('focus', () => {
    if (document.activeElement !== document.body) return;
    if (last?.isConnected && last.checkVisibility()) last.focus({ preventScroll: true });
    else otherwise();
  });
}
