import { hashSecret } from '../core/secret';
import { isStorableText } from '../core/text';
import { prisma } from '../server/db';

/** Whether nobody owns this installation yet. */
export async function isSetupOpen(): Promise<boolean> {
  return (await prisma().user.count()) === 0;
}

/** Whether a set-up link is good: one of this installation's, while nobody owns it. */
export async function isSetupTokenValid(token: string): Promise<boolean> {
  if (token === '' || token.length > 200 || !isStorableText(token) || !(await isSetupOpen())) return false;
  return (await prisma().setupLink.count({ where: { tokenHash: hashSecret(token) } })) > 0;
}

/** What the set-up page tells about the server, in one round trip. */
export interface ServerCheck {
  /** Such as `18.1`. */
  readonly postgresVersion: string;
  readonly roundTripMilliseconds: number;
  readonly migrationCount: number;
  /** The database's clock less this process's; the round trip is its error. */
  readonly clockOffsetMilliseconds: number;
}

export async function checkServer(): Promise<ServerCheck> {
  const startedAt = performance.now();
  // One row: the migrations that were applied to their end, and the server's own version and clock.
  const [row] = await prisma().$queryRaw<{ version: string; migrations: number; at: Date }[]>`
    SELECT current_setting('server_version') AS version,
           (SELECT count(*)::int FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL) AS migrations,
           clock_timestamp() AS at`;
  if (!row) throw new Error('The database answered no row.');
  return {
    postgresVersion: row.version.split(' ')[0] ?? row.version,
    roundTripMilliseconds: Math.max(1, Math.round(performance.now() - startedAt)),
    migrationCount: row.migrations,
    clockOffsetMilliseconds: row.at.getTime() - Date.now(),
  };
}
