/** `npm run check`: types, lint, dead code, and the tests that need no database. */
import { check, printSteps, runStep, staticChecks, vitest } from './run-steps.mjs';

const results = [];
for (const step of [
  check('database client', 'prisma/build/index.js', ['generate']),
  ...staticChecks,
  vitest('unit tests', 'none'),
]) {
  results.push(await runStep(step));
}
printSteps(results);
process.exit(results.some(({ failed }) => failed > 0) ? 1 : 0);
