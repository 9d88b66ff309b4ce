/**
 * `npm test`: everything. Installs the tools that are missing, checks, then runs the tests without a database, those
 * with one on both databases, and those of the built product through its API and in a browser. The last line is
 * `N passed, N failed`; a step that fails as a whole counts as one that failed.
 */
import { check, playwright, printSteps, runStep, script, staticChecks, vitest } from './run-steps.mjs';

const results = [];
/** Runs the steps in order. Returns whether all of them succeeded. */
async function runAll(steps) {
  let isGood = true;
  for (const step of steps) {
    const result = await runStep(step);
    results.push(result);
    isGood &&= result.failed === 0;
  }
  return isGood;
}

// Each needs the one before: without the client nothing compiles.
const isReady = await runAll([
  script('test tools', 'scripts/ensure-test-tools.mjs'),
  check('database client', 'prisma/build/index.js', ['generate']),
]);
if (isReady) {
  await runAll([
    ...staticChecks,
    vitest('tests without a database', 'none'),
    vitest('tests on the embedded database', 'embedded'),
    vitest('tests on a PostgreSQL server', 'server'),
  ]);
  if (await runAll([script('build', 'scripts/build.mjs', '--if-stale')])) {
    await runAll([playwright('tests of the built product')]);
  }
}

printSteps(results);
const passed = results.reduce((sum, result) => sum + result.passed, 0);
const failed = results.reduce((sum, result) => sum + result.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
