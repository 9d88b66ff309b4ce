import fs from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

type ModuleOptions = Parameters<NodeFS['init']>[1];
type Module = Parameters<NonNullable<ModuleOptions['preRun']>[number]>[0];

/** What a stream of the WebAssembly file system knows of its file. `nfd` is the real descriptor, absent for a directory. */
type Stream = { nfd?: number; node: unknown };
type NodeFileSystem = { stream_ops: { fsync?: (stream: Stream) => number }; realPath: (node: unknown) => string };

/** PGlite's file system on the disk, whose fsync reaches the disk too. Upstream's leaves the operation out. */
class DurableNodeFS extends NodeFS {
  override async init(pg: PGlite, options: ModuleOptions): Promise<{ emscriptenOpts: ModuleOptions }> {
    const { emscriptenOpts } = await super.init(pg, options);
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), addFsync] } };
  }
}

function addFsync(module: Module): void {
  const system = nodeFileSystem(module);
  // A failed fsync throws out of the database, which then stops: it must never acknowledge what may be lost.
  system.stream_ops.fsync = (stream) => {
    if (stream.nfd === undefined) syncDirectory(system.realPath(stream.node));
    else fs.fsyncSync(stream.nfd);
    return 0;
  };
}

/** The guarantee: Emscripten registers this file system under this name with these members (its library_nodefs.js). */
function nodeFileSystem(module: Module): NodeFileSystem {
  const { filesystems } = module.FS as unknown as { filesystems: { NODEFS: NodeFileSystem } };
  return filesystems.NODEFS;
}

/** Makes the names within a directory durable, which fsync of the files does not. */
function syncDirectory(path: string): void {
  const descriptor = fs.openSync(path, 'r');
  try {
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

/** PGlite starts with `-F`, which turns fsync off, and its fdatasync is a stub, which would make the default method one. */
const START_PARAMETERS = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  '-c',
  'wal_sync_method=fsync',
];

/**
 * Opens the PostgreSQL in `directory`, which is created when absent; its parent must exist.
 * A commit returns after its log has been flushed by fsync. One process at a time may open a directory: see data-directory-lock.
 */
export async function openPglite(directory: string): Promise<PGlite> {
  if (!fs.existsSync(join(directory, 'PG_VERSION'))) await initialise(directory);
  return open(directory);
}

/** Builds the cluster beside its place and moves it there whole, so that a killed first start leaves nothing half-made. */
async function initialise(directory: string): Promise<void> {
  const draft = `${directory}.new`;
  await rm(draft, { recursive: true, force: true });
  const database = await open(draft);
  await database.close();
  // A directory without a version file holds no cluster, and blocks the move only when it holds something else.
  if (fs.existsSync(directory)) fs.rmdirSync(directory);
  await rename(draft, directory);
  syncDirectory(join(directory, '..'));
}

function open(directory: string): Promise<PGlite> {
  return PGlite.create({ fs: new DurableNodeFS(directory), startParams: START_PARAMETERS });
}
