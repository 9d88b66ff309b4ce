import type { NextConfig } from 'next';

const config: NextConfig = {
  agentRules: false,
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm run check` judges types; a start must not wait for them, nor fail for a test's sake.
  typescript: { ignoreBuildErrors: true },
  // OpenRouter's own samples post to `/keys/`; a 308 would lose some clients' bodies.
  skipTrailingSlashRedirect: true,
  serverExternalPackages: ['@node-rs/argon2', 'pg', 'pino', '@prisma/client', '@prisma/adapter-pg'],
};

export default config;
