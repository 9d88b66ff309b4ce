import { readdirSync } from 'node:fs';
import { cruise, type IFlattenedRuleSet, type IReporterOutput } from 'dependency-cruiser';
import { describe, expect, it } from 'vitest';

/**
 * Who may import whom. `core`, `server` → rooms → `vendors` → `entry` → `app`; `components` knows no feature. In a room
 * `contract` is types, `queries` read, `commands` write, and every other file is a pure rule.
 */
const NOT_ROOMS = ['core', 'server', 'vendors', 'entry', 'testing'];
const ROOMS = readdirSync('lib', { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !NOT_ROOMS.includes(entry.name))
  .map((entry) => entry.name);
const ROOM = `^lib/(${ROOMS.join('|')})/`;
const QUERIES = `${ROOM}queries(/|\\.ts$)`;
const COMMANDS = `${ROOM}commands(/|\\.ts$)`;
const CONTRACT = `${ROOM}contract\\.ts$`;
/** Everything in a room that is not one of the three reserved names. */
const RULE = `${ROOM}(?!queries|commands|contract\\.ts)`;
const TESTS = '\\.test\\.tsx?$|^lib/testing/';

const rules: IFlattenedRuleSet = {
  forbidden: [
    { name: 'no cycles', from: { pathNot: '^generated/' }, to: { circular: true } },
    {
      name: 'core imports only itself',
      from: { path: '^lib/core/', pathNot: TESTS },
      to: { path: '^(lib|app|components|cli|generated)/', pathNot: '^lib/core/' },
    },
    {
      name: 'server knows no noun',
      from: { path: '^lib/server/', pathNot: TESTS },
      to: { path: '^(lib|app|components|cli)/', pathNot: '^lib/(server|core)/' },
    },
    {
      name: 'rooms know nothing above them',
      from: { path: ROOM, pathNot: TESTS },
      to: { path: '^(lib/(vendors|entry)|app|components|cli)/' },
    },
    {
      name: 'vendors know nothing above them',
      from: { path: '^lib/vendors/', pathNot: TESTS },
      to: { path: '^(lib/(entry|server)|app|components|cli|generated)/' },
    },
    {
      name: 'vendors know nothing of each other',
      from: { path: '^lib/vendors/([^/]+)/' },
      to: { path: '^lib/vendors/[^/]+/', pathNot: '^lib/vendors/$1/' },
    },
    { name: 'entry knows no page', from: { path: '^lib/entry/' }, to: { path: '^(app|components|cli)/' } },
    {
      name: 'components know no feature',
      from: { path: '^components/' },
      to: { path: '^(lib|app|cli|generated)/', pathNot: '^lib/core/' },
    },
    {
      name: 'only entry and app import Next',
      from: { path: '^(lib|components|cli)/', pathNot: '^lib/entry/' },
      to: { path: 'node_modules/next(-auth)?/' },
    },
    {
      name: 'the database is for queries, commands and server',
      from: { path: '^(lib|app|components)/', pathNot: [QUERIES, COMMANDS, '^lib/server/', TESTS] },
      to: { path: '^lib/server/(db|snapshot)\\.ts$' },
    },
    {
      name: 'contracts are types and pure rules',
      from: { path: CONTRACT },
      to: { path: ['^lib/server/', '^generated/', QUERIES, COMMANDS] },
    },
    {
      name: 'rules are pure',
      from: { path: RULE, pathNot: TESTS },
      to: { path: ['^lib/server/', '^generated/', QUERIES, COMMANDS] },
    },
    { name: 'queries never import commands', from: { path: QUERIES, pathNot: TESTS }, to: { path: COMMANDS } },
    {
      name: 'pages do not reach around the doors',
      from: { path: '^app/' },
      to: { path: '^(lib/(server|vendors)|generated|cli)/' },
    },
  ],
};

/** Pairs of rooms of which each imports the other. */
function findRoomCycles(output: Exclude<IReporterOutput['output'], string>): string[] {
  const imports = new Map<string, Set<string>>();
  for (const module of output.modules) {
    const from = new RegExp(ROOM).exec(module.source)?.[1];
    if (!from || new RegExp(TESTS).test(module.source)) continue;
    for (const { resolved } of module.dependencies) {
      const to = new RegExp(ROOM).exec(resolved)?.[1];
      if (to && to !== from) imports.set(from, (imports.get(from) ?? new Set()).add(to));
    }
  }
  const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
    [...(imports.get(from) ?? [])].some(
      (next) => next === to || (!seen.has(next) && reaches(next, to, seen.add(next))),
    );
  return [...imports.keys()].filter((room) => reaches(room, room));
}

describe('the house', () => {
  it('keeps its rules of who may import whom', async () => {
    const { output } = await cruise(
      ['lib', 'app', 'components', 'cli', 'server.ts'],
      {
        validate: true,
        ruleSet: rules,
        doNotFollow: { path: 'node_modules' },
        tsPreCompilationDeps: true,
        tsConfig: { fileName: 'tsconfig.json' },
        enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.json'] },
        exclude: { path: '^\\.next/' },
      },
      undefined,
      { tsConfig: { options: { baseUrl: '.', paths: { '@/*': ['./*'] } } } as never },
    );
    if (typeof output === 'string') throw new Error('The cruise reports modules, not text.');
    // A cruiser that cannot read the sources sees nothing and finds nothing wrong.
    const ownModules = output.modules.filter((module) => /^(lib|app|components)\//.test(module.source));
    expect(ownModules.length).toBeGreaterThan(120);
    const imports = ownModules
      .flatMap((module) => module.dependencies)
      .filter(({ resolved }) => /^(lib|components)\//.test(resolved));
    expect(imports.length).toBeGreaterThan(200);
    expect(output.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
    expect(findRoomCycles(output), 'rooms that import each other in a circle').toEqual([]);
  }, 120_000);
});
