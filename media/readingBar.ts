import type { FileReading } from '../server/view/protocol.ts';
import { attributes, element } from './dom.ts';

const MEGABYTE = 1024 * 1024;

/** The line below the ladder of a file that is read by ranges: how far it is read, and what to do about that. */
export class ReadingBar {
  readonly root: HTMLElement = attributes(element('footer', 'reading'), { 'aria-label': 'Reading of the file' });
  private readonly bar = attributes(element('progress', 'reading-bar'), { max: 1, 'aria-label': 'Read so far' });
  private readonly words = element('span', 'reading-words');
  private readonly button = element('button', 'text-button', 'Pause');
  private state: FileReading['state'] = 'done';

  constructor(actions: { pause(): void; resume(): void }) {
    this.button.addEventListener('click', () => (this.state === 'paused' ? actions.resume() : actions.pause()));
    this.root.append(this.bar, this.words, this.button);
    this.root.hidden = true;
  }

  /** Shows how far a file is read; nothing where all is read for good, or the trace is an open document. */
  show(reading: FileReading | null): void {
    this.root.hidden = reading === null || reading.state === 'done';
    if (!reading) return;
    const { read, size, state } = reading;
    this.state = state;
    this.bar.hidden = state === 'following' || read >= size;
    this.bar.setAttribute('value', String(size > 0 ? read / size : 1));
    this.words.textContent = wordsFor(reading);
    this.button.textContent = state === 'paused' ? 'Resume' : state === 'reading' ? 'Stop' : 'Pause';
  }
}

function wordsFor({ read, size, state }: FileReading): string {
  const part = `${megabytes(read)} of ${megabytes(size)} MB`;
  if (state === 'following') return 'All is read. What is appended will be shown.';
  if (state === 'reading') return `Reading: ${part}`;
  return read < size ? `Stopped at ${part}` : 'What is appended is not shown now.';
}

function megabytes(bytes: number): string {
  return (bytes / MEGABYTE).toLocaleString('en', { maximumFractionDigits: bytes < 100 * MEGABYTE ? 1 : 0 });
}
