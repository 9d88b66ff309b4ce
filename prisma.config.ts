import { defineConfig } from 'prisma/config';

// `prisma generate` never runs the schema engine, but Prisma downloads one unless it is told where it is.
// Migrations are applied by the engine's WebAssembly build (lib/server/migrate.ts), so no native engine is needed.
if (process.argv.includes('generate')) process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({ schema: 'prisma/schema.prisma', migrations: { path: 'prisma/migrations' } });
