import { allFormats } from '../engine/trace/formats/all.ts';
import { type Command, columns, formatOf, json } from './command.ts';

/** What the tool reads beside log formats. A file is known by what is in it, never by its name. */
const OTHERS = [
  { id: 'flattened', title: 'messages copied from a web page, each on one line', rank: 1 },
  { id: 'xml', title: 'a document of CCCP or conference-info by itself, for lint only', rank: 1 },
];

/** `formats`: what can be read. */
export const formats: Command = {
  name: 'formats',
  usage: 'formats',
  about: 'every trace format that is read',
  formats: ['text', 'json'],
  files: [0, 0],
  async run(args, io) {
    const [plain, ...logs] = allFormats.map(({ id, title, rank }) => ({ id, title, rank }));
    const all = [plain!, ...OTHERS, ...logs];
    const asJson = formatOf(args, formats) === 'json';
    await io.print(
      asJson
        ? json({ version: 1, formats: all })
        : columns(all.map(({ id, title, rank }) => [id, String(rank), title])),
    );
    return 0;
  },
};
