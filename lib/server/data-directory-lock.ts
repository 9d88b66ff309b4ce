import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { identifyProcess, isAlive, type ProcessIdentity, processNamespace } from './process-identity';
import { StartupError } from './startup-error';

/** Another process has the data directory open. */
export class DataDirectoryInUseError extends StartupError {
  override readonly name = 'DataDirectoryInUseError';
}

/** How long a database whose server has died may take to notice and close. */
const ORPHAN_TIMEOUT_MS = 10_000;

/** How long two starts at the same moment may give way to each other. */
const CONTENTION_TIMEOUT_MS = 1_500;

/** `holder` has the database open on behalf of `parent`, the server or command that a person would stop. */
type Claim = { holder: ProcessIdentity; parent: ProcessIdentity; namespace: string };

/**
 * Makes this process the only one to open the database of `dataDirectory`. Resolves to the release of that right.
 *
 * Each process announces itself by a file whose name says who it is, then looks for others. Announcing comes before
 * looking, so of two processes at least one sees the other; who sees a living one withdraws, and tries again after a
 * random pause. A file whose process is dead counts for nothing, so a killed process leaves nothing to clean up, and the
 * time of its start tells it from a later process with its number.
 * `isServing` says whether a database answers on the directory's socket. It stands in for a look at the process where
 * there can be none: a volume shared by containers.
 * Throws DataDirectoryInUseError after 1.5 s, or 10 s when the other's server is dead.
 */
export async function lockDataDirectory(
  dataDirectory: string,
  isServing: () => Promise<boolean>,
): Promise<() => Promise<void>> {
  const directory = join(dataDirectory, 'locks');
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const own = formatClaim(describeSelf());
  const release = () => rm(join(directory, own), { force: true });
  const beganAt = Date.now();
  for (;;) {
    await writeFile(join(directory, own), '');
    const other = await findOther(directory, own, isServing);
    if (!other) return release;
    await release();
    const isOrphan = other.namespace === processNamespace() && !isAlive(other.parent);
    if (Date.now() - beganAt > (isOrphan ? ORPHAN_TIMEOUT_MS : CONTENTION_TIMEOUT_MS)) {
      throw new DataDirectoryInUseError(
        `The data directory ${dataDirectory} is in use by process ${other.parent.pid}. Stop that process, or set KEYLEDGER_DATA_DIR to another directory.`,
      );
    }
    await sleep(20 + Math.random() * 180);
  }
}

/** Another living claim, or null. Removes the files of the dead. */
async function findOther(directory: string, own: string, isServing: () => Promise<boolean>): Promise<Claim | null> {
  for (const name of await readdir(directory)) {
    const claim = name === own ? null : parseClaim(name);
    if (!claim) continue;
    const isLiving = claim.namespace === processNamespace() ? isAlive(claim.holder) : await isServing();
    if (isLiving) return claim;
    await rm(join(directory, name), { force: true });
  }
  return null;
}

function describeSelf(): Claim {
  const holder = identifyProcess(process.pid);
  if (!holder) throw new Error('This process cannot find itself in the process table.');
  // A parent that is gone already leaves the claim to an orphan, which is what this process then is.
  const parent = identifyProcess(process.ppid) ?? { pid: process.ppid, startedAt: 0 };
  return { holder, parent, namespace: processNamespace() };
}

/** All of a claim is in the file's name, because a name appears at once and a content after a moment. */
function formatClaim({ holder, parent, namespace }: Claim): string {
  return [holder.pid, holder.startedAt, parent.pid, parent.startedAt, namespace].join('-');
}

function parseClaim(name: string): Claim | null {
  const match = /^(\d+)-(\d+)-(\d+)-(\d+)-([0-9a-f]{8})$/.exec(name);
  if (!match) return null;
  const [holderPid = 0, holderStart = 0, parentPid = 0, parentStart = 0] = match.slice(1, 5).map(Number);
  return {
    holder: { pid: holderPid, startedAt: holderStart },
    parent: { pid: parentPid, startedAt: parentStart },
    namespace: match[5] ?? '',
  };
}
