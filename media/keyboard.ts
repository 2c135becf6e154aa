import { type PageActionId, type PagePlace, pageActions } from '../server/view/pageActions.ts';

/** A listener that runs the action of a key that is heard in a place, unless the reader is writing. */
export function keysIn(place: PagePlace, run: (action: PageActionId) => void): (event: KeyboardEvent) => void {
  const here = pageActions.filter(([, { where }]) => where.includes(place));
  const actions = new Map(here.flatMap(([id, { keys }]) => keys.map((key) => [key, id] as const)));
  return (event) => {
    if (event.altKey || isField(event.target) || document.querySelector('dialog[open]')) return;
    const action = actions.get(event.ctrlKey || event.metaKey ? `Ctrl+${event.key}` : event.key);
    if (!action) return;
    event.preventDefault();
    run(action);
  };
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
}
