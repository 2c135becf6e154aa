/** What each key does, by the name the browser gives it; `Ctrl+` stands for the command key as well. */
export type Actions = Readonly<Record<string, () => unknown>>;

/** A listener that runs the action of a key, unless the reader is writing. */
export function keyActions(actions: Actions): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.altKey || isField(event.target) || document.querySelector('dialog[open]')) return;
    const name = event.ctrlKey || event.metaKey ? `Ctrl+${event.key}` : event.key;
    if (!Object.hasOwn(actions, name)) return;
    event.preventDefault();
    actions[name]?.();
  };
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
}
