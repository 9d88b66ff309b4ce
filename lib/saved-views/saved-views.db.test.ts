import { beforeAll, describe, expect, it } from 'vitest';
import { listAudit } from '../audit/queries';
import { createTestWorkspace, type TestWorkspace } from '../testing/workspace';
import { createSavedView, deleteSavedView, updateSavedView } from './commands';
import { SAVED_VIEWS_MAX } from './contract';
import { findSavedViews, listSavedViews } from './queries';

const NOW = new Date('2026-11-21T10:00:00Z');
let workspace: TestWorkspace;

beforeAll(async () => {
  workspace = await createTestWorkspace();
});

const call = () => workspace.callAt(NOW);
const list = () => listSavedViews(call(), workspace.id);

describe('a saved view', () => {
  it('is created, renamed, given another question and deleted, and the audit log tells it', async () => {
    const { id } = await createSavedView(call(), workspace.id, { name: 'Spend by model', query: 'by=model' });
    expect(await list()).toEqual([
      { id, name: 'Spend by model', query: 'by=model', createdBy: 'test', createdAt: NOW, updatedAt: NOW },
    ]);
    const later = workspace.callAt(new Date(NOW.getTime() + 1000));
    await updateSavedView(later, workspace.id, id, { name: 'Models' });
    await updateSavedView(later, workspace.id, id, { query: 'by=model&top=5' });
    expect(await list()).toMatchObject([
      { name: 'Models', query: 'by=model&top=5', updatedAt: later.now, createdAt: NOW },
    ]);
    await deleteSavedView(later, workspace.id, id);
    expect(await list()).toEqual([]);
    await expect(deleteSavedView(later, workspace.id, id)).rejects.toMatchObject({ code: 'not_found' });
    const log = await listAudit(call(), { workspaceId: workspace.id, subjectId: id }, { kind: 'newest' }, 10);
    expect(log.rows.map(({ action, subjectName }) => [action, subjectName])).toEqual([
      ['saved_view.delete', 'Models'],
      ['saved_view.update', 'Models'],
      ['saved_view.update', 'Models'],
      ['saved_view.create', 'Spend by model'],
    ]);
  });

  it('has a name of its own', async () => {
    const first = await createSavedView(call(), workspace.id, { name: 'Weekly', query: '' });
    await expect(createSavedView(call(), workspace.id, { name: 'weekly', query: '' })).rejects.toMatchObject({
      code: 'conflict',
    });
    const other = await createSavedView(call(), workspace.id, { name: 'Daily', query: '' });
    await expect(updateSavedView(call(), workspace.id, other.id, { name: 'WEEKLY' })).rejects.toMatchObject({
      code: 'conflict',
    });
    await updateSavedView(call(), workspace.id, first.id, { name: 'WEEKLY' });
    expect((await list()).map(({ name }) => name).sort()).toEqual(['Daily', 'WEEKLY']);
  });

  it('is one of a bounded number, however many come at once', async () => {
    const crowded = await createTestWorkspace();
    const asked = Array.from({ length: SAVED_VIEWS_MAX + 5 }, (_, index) =>
      createSavedView(crowded.callAt(NOW), crowded.id, { name: `View ${index}`, query: '' }).then(
        () => 'made',
        (error: { code: string }) => error.code,
      ),
    );
    const outcomes = await Promise.all(asked);
    expect(outcomes.filter((outcome) => outcome === 'made')).toHaveLength(SAVED_VIEWS_MAX);
    expect(outcomes.filter((outcome) => outcome === 'conflict')).toHaveLength(5);
  });

  it('is seen by who reads the workspace, changed by its admins, and unknown elsewhere', async () => {
    const { id } = await createSavedView(call(), workspace.id, { name: 'Shared', query: 'by=owner' });
    const viewer = { ...call(), scopes: new Set(['keys:read', 'usage:read'] as const) };
    expect((await listSavedViews(viewer, workspace.id)).map(({ name }) => name)).toContain('Shared');
    await expect(createSavedView(viewer, workspace.id, { name: 'Mine', query: '' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(updateSavedView(viewer, workspace.id, id, { name: 'Mine' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(deleteSavedView(viewer, workspace.id, id)).rejects.toMatchObject({ code: 'forbidden' });
    const stranger = await createTestWorkspace();
    expect(await listSavedViews(stranger.callAt(NOW), workspace.id)).toEqual([]);
    await expect(updateSavedView(stranger.callAt(NOW), stranger.id, id, { name: 'x' })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(deleteSavedView(stranger.callAt(NOW), workspace.id, id)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is found by a part of its name, whatever the case, and in its workspace alone', async () => {
    const [mine, theirs] = [await createTestWorkspace(), await createTestWorkspace()];
    for (const name of ['Billing, October', 'billing_now', 'Crawlers']) {
      await createSavedView(mine.callAt(NOW), mine.id, { name, query: 'by=key' });
    }
    const find = async (search: string, limit = 9) =>
      (await findSavedViews(mine.callAt(NOW), mine.id, search, limit)).map(({ name }) => name);
    expect(await find('BILL')).toHaveLength(2);
    expect(await find('bill', 1)).toHaveLength(1);
    // What means anything to the database's patterns is a letter like others here.
    expect(await find('_')).toEqual(['billing_now']);
    expect(await find('%')).toEqual([]);
    expect(await findSavedViews(theirs.callAt(NOW), mine.id, 'bill', 9)).toEqual([]);
  });
});
