/** Steps of checks and tests: child processes of which each ends in a count of tests that passed and failed. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
/** A step that takes this long hangs. */
const STEP_MILLISECONDS_MAX = 25 * 60_000;

/** A step that is right or wrong as a whole and holds no tests. */
export function check(name, program, args, env = {}) {
  return { name, args: [join(root, 'node_modules', program), ...args], env, report: null };
}

/** A step of the product's own scripts, likewise. */
export function script(name, path, ...args) {
  return { name, args: [join(root, path), ...args], env: {}, report: null };
}

/** Failed tests that a step names again at the end, and lines of what each said. */
const FAILURES_MAX = 20;
const MESSAGE_LINES_MAX = 6;

/** Vitest's tests; its JSON report says how many passed and failed. */
export function vitest(name, database) {
  return {
    name,
    args: [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--reporter=default', '--reporter=json'],
    env: { TEST_DATABASE: database },
    report: { option: (path) => [`--outputFile.json=${path}`], env: () => ({}), count: countVitest },
  };
}

/** Playwright's tests, in a browser and against the API. */
export function playwright(name) {
  return {
    name,
    args: [join(root, 'node_modules/@playwright/test/cli.js'), 'test', '--reporter=list,json'],
    env: {},
    report: { option: () => [], env: (path) => ({ PLAYWRIGHT_JSON_OUTPUT_FILE: path }), count: countPlaywright },
  };
}

function countVitest(report) {
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
  );
  const failures = report.testResults.flatMap(({ name: path, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages }) => ({
        name: `${relative(root, path)} › ${fullName}`,
        message: failureMessages[0],
      })),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    failures: [...failures, ...broken.map(({ name, message }) => ({ name: relative(root, name), message }))],
  };
}

function countPlaywright({ stats, errors, suites }) {
  // A test that passed on its second try did not pass: nothing is retried here, so there is none.
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + (stats.unexpected === 0 ? errors.length : 0),
    failures: [...suites.flatMap(failuresOf), ...errors.map(({ message }) => ({ name: 'outside tests', message }))],
  };
}

/** Failed tests of a suite of Playwright's and of those within it. */
function failuresOf({ specs, suites = [] }) {
  const failures = specs
    .filter(({ ok }) => !ok)
    .map(({ file, line, title, tests }) => ({
      name: `${file}:${line} › ${title}`,
      message: tests[0]?.results[0]?.error?.message,
    }));
  return [...failures, ...suites.flatMap(failuresOf)];
}

function run(step, reportPath) {
  const { args, env, report } = step;
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...args, ...(report?.option(reportPath) ?? [])], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: {
        ...process.env,
        NEXT_TELEMETRY_DISABLED: '1',
        CHECKPOINT_DISABLE: '1',
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
        ...env,
        ...report?.env(reportPath),
      },
    });
    const forward = (signal) => child.kill(signal);
    process.on('SIGINT', forward).on('SIGTERM', forward);
    const timer = setTimeout(() => {
      console.error(`${step.name} took longer than ${STEP_MILLISECONDS_MAX / 60_000} minutes and was ended.`);
      child.kill('SIGKILL');
    }, STEP_MILLISECONDS_MAX);
    const end = (code) => {
      clearTimeout(timer);
      process.off('SIGINT', forward).off('SIGTERM', forward);
      resolve(code === 0);
    };
    child.once('error', () => end(1));
    child.once('exit', (code) => end(code ?? 1));
  });
}

function readCounts(step, reportPath) {
  if (!step.report) return { passed: 0, failed: 0, failures: [] };
  try {
    return step.report.count(JSON.parse(readFileSync(reportPath, 'utf8')));
  } catch {
    console.error(`${step.name} left no report.`);
    return { passed: 0, failed: 1, failures: [] };
  }
}

/** Runs a step. One that failed without a failed test counts as one failure, whatever it was. */
export async function runStep(step) {
  console.log(`\n— ${step.name}`);
  const directory = mkdtempSync(join(tmpdir(), 'keyledger-test-'));
  const startedAt = Date.now();
  const reportPath = join(directory, 'report.json');
  const succeeded = await run(step, reportPath);
  const counts = readCounts(step, reportPath);
  rmSync(directory, { recursive: true, force: true });
  const failed = succeeded ? counts.failed : Math.max(counts.failed, 1);
  return { ...counts, name: step.name, failed, seconds: (Date.now() - startedAt) / 1000 };
}

/** Right or wrong as a whole: types, lint, dead code. */
export const staticChecks = [
  check('route types', 'next/dist/bin/next', ['typegen']),
  check('types', 'typescript/bin/tsc', ['--noEmit']),
  check('lint and format', '@biomejs/biome/bin/biome', ['check', '.']),
  check('dead code', 'knip/bin/knip.js', []),
];

/** Lists what failed, and what each step came to. */
export function printSteps(results) {
  for (const { name, failures } of results) {
    for (const failure of failures.slice(0, FAILURES_MAX)) {
      const lines = stripVTControlCharacters(failure.message ?? '')
        .trim()
        .split('\n');
      console.log(`\n✗ ${name}: ${failure.name}\n  ${lines.slice(0, MESSAGE_LINES_MAX).join('\n  ')}`);
    }
  }
  console.log('');
  for (const { name, passed, failed, seconds } of results) {
    const counted = passed > 0 || failed > 1 ? `${passed} passed, ${failed} failed` : failed === 0 ? 'good' : 'failed';
    console.log(`${failed === 0 ? '✓' : '✗'} ${name}: ${counted} (${seconds.toFixed(0)} s)`);
  }
}
