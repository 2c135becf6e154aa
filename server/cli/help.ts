import { commonOptions } from './arguments.ts';
import { type Command, columns } from './command.ts';

/** The help of one command, or of the tool. */
export function helpText(command: Command | null, commands: readonly Command[]): string {
  return command ? commandHelp(command) : toolHelp(commands);
}

function toolHelp(commands: readonly Command[]): string {
  const list = columns(commands.map(({ usage, about }) => [`  ${usage}`, about]));
  return `sip-lens reads SIP traces and the XML of Microsoft conferencing: what is wrong in them, and who said what to whom.

Usage: sip-lens COMMAND [OPTION…] FILE…

${list}
A FILE of - is standard input. sip-lens COMMAND --help tells a command's options; --version the version.
Exit status: 0 done; 1 lint found errors; 2 wrong usage, or a file that could not be read.
`;
}

function commandHelp(command: Command): string {
  const options = [...commonOptions, ...(command.options ?? [])].map(({ name, value, about }) => [
    `  --${name} ${value}`.trimEnd(),
    name === 'format' ? `${about}: ${command.formats.join(', ')} (the first if not given)` : about,
  ]);
  return `${command.about[0]!.toUpperCase()}${command.about.slice(1)}.

Usage: sip-lens ${command.usage.replace(' ', ' [OPTION…] ')}${command.usage.includes(' ') ? '' : ' [OPTION…]'}

${columns([...options, ['  --help, --version', 'this text, the version']])}`;
}
