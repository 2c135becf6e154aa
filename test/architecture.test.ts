import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, URL } from 'node:url';

interface Allowed {
  /** Folders beside the folder itself. */
  readonly folders: readonly string[];
  /** Packages by name; `node:*` for Node's own modules. */
  readonly packages: readonly string[];
}

const BASE = 'server/engine/base';
const SIP = 'server/engine/sip';
const XML = 'server/engine/xml';
const TRACE = 'server/engine/trace';
const FORMATS = 'server/engine/trace/formats';
const CAPTURE = 'server/engine/capture';
const FLOW = 'server/engine/flow';
const ROSTER = 'server/engine/flow/roster';
const SESSIONS = 'server/engine/flow/sessions';
const FILTER = 'server/engine/filter';
const COMPARE = 'server/engine/compare';
const REDACT = 'server/engine/redact';
const SIPP = 'server/engine/sipp';
const RULES = 'server/engine/rules';
const LADDER = 'server/engine/ladder';
const INDEXED = 'server/engine/indexed';
const AUTHORING = 'server/engine/authoring';
const COMPLETION = 'server/engine/authoring/completion';
const FIXES = 'server/engine/authoring/fixes';
const ENGINE = [
  'server/engine',
  BASE,
  SIP,
  XML,
  TRACE,
  FORMATS,
  CAPTURE,
  FLOW,
  ROSTER,
  SESSIONS,
  FILTER,
  COMPARE,
  REDACT,
  SIPP,
  RULES,
  LADDER,
  INDEXED,
];
const TOOLS = 'server/view/tools';
const SERVER = ['vscode-languageserver', 'vscode-languageserver-textdocument'];

/** The import rule: floors that only look down. A folder that is not here may hold no code. */
const RULE: Readonly<Record<string, Allowed>> = {
  [BASE]: { folders: [], packages: [] },
  [SIP]: { folders: [BASE, 'server/engine/sip/tables'], packages: [] },
  [XML]: { folders: [BASE], packages: ['libxml2-wasm'] },
  [FORMATS]: { folders: [BASE, SIP], packages: [] },
  [TRACE]: { folders: [BASE, SIP, FORMATS], packages: [] },
  [CAPTURE]: { folders: [BASE, SIP, TRACE, FORMATS], packages: [] },
  [FLOW]: { folders: [BASE, SIP, XML, TRACE], packages: [] },
  [ROSTER]: { folders: [BASE, SIP, XML, TRACE, FLOW], packages: [] },
  [SESSIONS]: { folders: [BASE, SIP, TRACE, FLOW], packages: [] },
  [FILTER]: { folders: [BASE, SIP, TRACE, FLOW], packages: [] },
  [COMPARE]: { folders: [BASE, SIP, XML], packages: [] },
  [SIPP]: { folders: [BASE, SIP, TRACE, FLOW], packages: [] },
  [REDACT]: { folders: [BASE, SIP, XML, TRACE, FLOW], packages: [] },
  [RULES]: { folders: [BASE, SIP, XML, FLOW], packages: [] },
  [LADDER]: { folders: [BASE, SIP, TRACE, CAPTURE, FLOW, SESSIONS, SIPP], packages: [] },
  [INDEXED]: { folders: [BASE, SIP, TRACE, FORMATS, CAPTURE, FLOW, LADDER], packages: [] },
  'server/engine': { folders: ENGINE, packages: [] },
  [AUTHORING]: { folders: ENGINE, packages: [] },
  [COMPLETION]: { folders: [...ENGINE, AUTHORING], packages: [] },
  [FIXES]: { folders: [...ENGINE, AUTHORING, COMPLETION], packages: [] },
  'server/view': { folders: [...ENGINE, 'server/view/calls'], packages: [] },
  'server/view/calls': { folders: [...ENGINE, 'server/view'], packages: [] },
  [TOOLS]: { folders: ENGINE, packages: [] },
  'server/cli': { folders: ENGINE, packages: [] },
  'server/lsp': {
    folders: [...ENGINE, AUTHORING, COMPLETION, FIXES, 'server/view', 'server/view/calls', TOOLS],
    packages: SERVER,
  },
  server: {
    folders: [...ENGINE, AUTHORING, 'server/lsp', 'server/view', 'server/cli', 'server/schemas'],
    packages: [...SERVER, 'node:*'],
  },
  'server/fixtures/vendors': { folders: [], packages: [] },
  client: { folders: ['server/view'], packages: ['vscode', 'vscode-languageclient'] },
  media: { folders: ['server/view'], packages: [] },
};

const LONGEST_FILE = 450;

interface Import {
  readonly file: string;
  /** A file of the checkout, or the name of a package. */
  readonly target: string;
  readonly isPackage: boolean;
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const sources = ['client', 'media', 'server'].flatMap(sourcesUnder);
const imports = sources.flatMap(importsOf);

test('a folder imports itself and what the import rule lists, nothing else', () => {
  assert.ok(imports.length > 100, 'the imports were found');
  assert.deepEqual(
    imports.filter((one) => !isAllowed(one)).map(({ file, target }) => `${file} imports ${target}`),
    [],
  );
});

test('the page and the client take of the server nothing but its protocol', () => {
  const borrowed = imports.filter(
    ({ file, target }) => /^(?:client|media)\//.test(file) && target.startsWith('server/'),
  );
  const protocol = ['server/view/pageActions.ts', 'server/view/protocol.ts'];
  assert.deepEqual([...new Set(borrowed.map(({ target }) => target))].sort(), protocol);
});

test('no file imports itself, by whatever way', () => {
  assert.deepEqual(cycles(), []);
});

test('nothing is hidden from the compiler', () => {
  const hides = (line: string) => /\bas any\b|[:<] ?any\b[^'"`]/.test(code(line)) || /@ts-\w/.test(line);
  const marks = sources.flatMap((file) => linesOf(file).map((line, at) => ({ line, place: `${file}:${at + 1}` })));
  assert.deepEqual(
    marks.filter(({ line }) => hides(line)),
    [],
  );
});

test(`no file is longer than ${LONGEST_FILE} lines`, () => {
  assert.deepEqual(
    sources.filter((file) => linesOf(file).length > LONGEST_FILE),
    [],
  );
});

function isAllowed({ file, target, isPackage }: Import): boolean {
  const folder = posix.dirname(file);
  const allowed = RULE[folder];
  if (!allowed) return false;
  if (!isPackage) return [folder, ...allowed.folders].includes(posix.dirname(target));
  return allowed.packages.some((name) =>
    name === 'node:*' ? isBuiltin(target) : target === name || target.startsWith(`${name}/`),
  );
}

/** Each way round, told once: the files on it, in the order of importing. */
function cycles(): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, way: readonly string[]): void => {
    const met = way.indexOf(file);
    if (met >= 0) found.push([...way.slice(met), file].join(' → '));
    if (met >= 0 || done.has(file)) return;
    for (const { target, isPackage } of imports.filter((one) => one.file === file))
      if (!isPackage) visit(target, [...way, file]);
    done.add(file);
  };
  for (const file of sources) visit(file, []);
  return found;
}

/** Static ones, of types too, and dynamic ones. */
function importsOf(file: string): Import[] {
  const text = linesOf(file).map(code).join('\n');
  const named = /^(?:import|export)\s[^'"`;]*?\bfrom\s*'([^']+)'|^import\s*'([^']+)'|\bimport\('([^']+)'\)/gm;
  return [...text.matchAll(named)].map(([, from, bare, dynamic]) => {
    const target = from ?? bare ?? dynamic ?? '';
    const isPackage = !target.startsWith('.');
    return { file, isPackage, target: isPackage ? target : posix.join(posix.dirname(file), target) };
  });
}

/** The line without a comment that stands alone. */
function code(line: string): string {
  return /^\s*(?:\/\/|\/?\*)/.test(line) ? '' : line;
}

function sourcesUnder(folder: string): string[] {
  const files = readdirSync(ROOT + folder, { recursive: true, encoding: 'utf8' }).map(
    (path) => `${folder}/${path.replaceAll('\\', '/')}`,
  );
  return files.filter((path) => path.endsWith('.ts') && !/\.test\.ts$|\/(?:testing|testClient)\.ts$/.test(path)).sort();
}

function linesOf(file: string): string[] {
  return readFileSync(ROOT + file, 'utf8').split('\n');
}
