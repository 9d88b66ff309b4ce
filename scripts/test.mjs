/**
 * `npm test`: everything. Installs the tools that are missing, checks, then runs the tests without a database, those
 * with one on both databases, and those of the built product through its API and in a browser. The last line is
 * `N passed, N failed`; a step that fails as a whole counts as one that failed.
 */
import { check, playwright, printSteps, runStep, script, staticChecks, vitest } from './run-steps.mjs';

/** Runs the steps in order. */
async function runAll(steps) {
  const results = [];
  for (const step of steps) results.push(await runStep(step));
  return results;
}
const areGood = (results) => results.every(({ failed }) => failed === 0);

// Each needs the one before: without the client nothing compiles.
const results = await runAll([
  script('test tools', 'scripts/ensure-test-tools.mjs'),
  check('database client', 'prisma/build/index.js', ['generate']),
]);
if (areGood(results)) {
  // The checks use one core each, and the tests of processes wait a good part of their time.
  const [checked, tested] = await Promise.all([
    runAll(staticChecks),
    runAll([vitest('tests without a database', 'none')]),
  ]);
  results.push(...checked, ...tested);
  results.push(
    ...(await runAll([
      vitest('tests on the embedded database', 'embedded'),
      vitest('tests on a PostgreSQL server', 'server'),
    ])),
  );
  const built = await runAll([script('build', 'scripts/build.mjs', '--if-stale')]);
  results.push(...built);
  if (areGood(built)) results.push(...(await runAll([playwright('tests of the built product')])));
}

printSteps(results);
const passed = results.reduce((sum, result) => sum + result.passed, 0);
const failed = results.reduce((sum, result) => sum + result.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
