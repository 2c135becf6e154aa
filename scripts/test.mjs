// Everything that must hold, from a fresh clone: `npm test`, or a part of it with `npm test -- --unit` or `-- --e2e`.
// Its last line is `N passed, N failed`.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { COUNTS } from './reporter.mjs';
import { installDependencies, Refusal, ROOT, tool } from './setup.mjs';
import { installChromium, installVscode } from './vscode/install.mjs';

const LARGEST_VSIX = 2 * 1024 * 1024;
const UNIT = ['--import', 'tsx', '--import', './test/seed.mjs'];
/** Unit tests share so many processes: what nearly all of them load is loaded that often. */
const UNIT_PROCESSES = 8;
/**
 * These have a process to themselves: what must be the first in its process (`….fresh.test.ts`), and what waits while it is loaded, since
 * node:test tells to which file a test belongs by what it waited for.
 */
const isAlone = (file) =>
  /\.fresh\.test\.ts$/.test(file) || /^(?:[^\s/*].*\W)?await\b/m.test(readFileSync(join(ROOT, file), 'utf8'));
const E2E = ['--test', '--test-concurrency=1'];

const total = { passed: 0, failed: 0 };
const only = ['--unit', '--e2e'].filter((part) => process.argv.includes(part));
const wanted = (part) => only.length === 0 || only.includes(part);

try {
  await installDependencies();
  process.env.CHROMIUM = await installChromium(); // the ladder's page has unit tests in it
  if (only.length === 0) await checkSources();
  if (wanted('--unit'))
    await stage('unit tests', () =>
      runUnitTests(testsUnder(['client', 'media', 'server', 'test', 'bench'], /\.test\.ts$/)),
    );
  if (wanted('--e2e')) await checkInVscode();
} catch (error) {
  total.failed++;
  console.error(sayError(error));
}
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;

async function checkSources() {
  await stage('types', () => once(tool('typescript/bin/tsc', ['-p', '.'])));
  await stage('types of the engine', () => once(tool('typescript/bin/tsc', ['-p', 'server/engine'])));
  await stage('lint and format', () =>
    once(tool('@biomejs/biome/bin/biome', ['ci', '--colors=off', '--max-diagnostics=20'])),
  );
}

async function checkInVscode() {
  const built = await stage('package', () => once(packageVsix()));
  if (!built) return;
  const ready = await stage('real VS Code', async () => {
    await installVscode();
    return { passed: 1, failed: 0 };
  });
  if (ready) await stage('in VS Code', () => runTests(E2E, testsUnder(['test/e2e'], /\.test\.mjs$/)));
}

/** Builds and packages the extension; a warning of the packager is a failure. */
async function packageVsix() {
  const vsix = join(ROOT, `sip-lens-${JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version}.vsix`);
  rmSync(vsix, { force: true });
  const { lines, code } = await output(
    process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'],
    ['run', '--silent', 'package'],
  );
  if (code !== 0 || lines.some((line) => /\bWARN/i.test(line))) throw new Refusal(lines.join('\n'));
  const { size } = statSync(vsix);
  console.log(`  ${relative(ROOT, vsix)}: ${(size / 1024).toFixed(0)} KiB`);
  if (size > LARGEST_VSIX) throw new Refusal(`The package has ${size} bytes; it may have ${LARGEST_VSIX}.`);
  process.env.SIP_LENS_VSIX = vsix;
}

/** Runs one stage and adds what it counts; a stage that breaks off is one failure. */
async function stage(name, check) {
  const started = performance.now();
  const counts = await check().catch((error) => {
    console.error(sayError(error));
    return { passed: 0, failed: 1 };
  });
  total.passed += counts.passed;
  total.failed += counts.failed;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${counts.failed ? '✖' : '✔'} ${name}: ${counts.passed} passed, ${counts.failed} failed (${seconds} s)`);
  return counts.failed === 0;
}

/** A check that passes by not failing. */
async function once(done) {
  await done;
  return { passed: 1, failed: 0 };
}

/** Runs test files in a few processes, as many at a time as there are processors. */
async function runUnitTests(files) {
  const alone = files.filter(isAlone);
  const others = files.filter((file) => !isAlone(file));
  const groups = Array.from({ length: UNIT_PROCESSES }, (_, group) =>
    others.filter((_, at) => at % UNIT_PROCESSES === group),
  );
  groups.push(...alone.map((file) => [file]));
  const sum = { passed: 0, failed: 0 };
  const work = async () => {
    for (let group = groups.pop(); group; group = groups.pop()) {
      const { passed, failed } = await runTests(UNIT, ['scripts/testFiles.mjs', ...group]);
      sum.passed += passed;
      sum.failed += failed;
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return sum;
}

/** Runs test files. The numbers come from the reporter; without them, or with an exit code they do not explain, it broke off. */
async function runTests(args, files) {
  if (files.length === 0) throw new Refusal('No test files were found.');
  const reporter = '--test-reporter=./scripts/reporter.mjs';
  const { lines, code } = await output(
    [process.execPath],
    [...args, reporter, ...files],
    (line) => line.startsWith(COUNTS) || console.log(line),
  );
  const last = lines.findLast((line) => line.startsWith(COUNTS));
  if (!last) throw new Refusal(`The tests broke off with exit code ${code}.`);
  const counts = JSON.parse(last.slice(COUNTS.length));
  if ((code !== 0 && counts.failed === 0) || counts.passed + counts.failed === 0) counts.failed++;
  return counts;
}

function testsUnder(folders, name) {
  const all = folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true }).map((path) => `${folder}/${path.replaceAll('\\', '/')}`),
  );
  return all.filter((path) => name.test(path)).sort();
}

function output([command, ...first], args, onLine = () => {}) {
  return new Promise((done, failed) => {
    const child = spawn(command, [...first, ...args], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    const lines = [];
    for (const stream of [child.stdout, child.stderr])
      createInterface(stream).on('line', (line) => {
        lines.push(line);
        onLine(line);
      });
    child.once('error', failed);
    child.once('close', (code) => done({ lines, code }));
  });
}

function sayError(error) {
  return error instanceof Refusal ? error.message : (error?.stack ?? String(error));
}
