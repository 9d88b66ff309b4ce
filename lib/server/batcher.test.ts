import { describe, expect, it } from 'vitest';
import { Batcher } from './batcher';

function recording(
  run: (items: readonly number[]) => Promise<readonly number[]>,
  bounds: { batchWeightMax: number; waitingWeightMax: number; isShared?: () => boolean } = {
    batchWeightMax: 4,
    waitingWeightMax: 100,
  },
) {
  const batches: number[][] = [];
  const batcher = new Batcher<number, number>({
    ...bounds,
    weightOf: () => 1,
    run: (items) => {
      batches.push([...items]);
      return run(items);
    },
  });
  return { batcher, batches };
}

const double = async (items: readonly number[]) => items.map((item) => item * 2);

describe('a batcher', () => {
  it('answers each item with its own result, in batches of at most the bound', async () => {
    const { batcher, batches } = recording(double);
    const results = await Promise.all(Array.from({ length: 10 }, (_, index) => batcher.submit(index)));
    expect(results).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18]);
    expect(batches.map((batch) => batch.length)).toEqual([4, 4, 2]);
  });

  it('sends what arrives while a batch runs together in the next one', async () => {
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const { batcher, batches } = recording(async (items) => {
      await gate;
      return double(items);
    });
    const first = batcher.submit(1);
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    const later = [batcher.submit(2), batcher.submit(3)];
    open();
    await Promise.all([first, ...later]);
    expect(batches).toEqual([[1], [2, 3]]);
  });

  it('sends the next batch on its way before it tells the callers of the last', async () => {
    const order: string[] = [];
    const batcher = new Batcher<number, number>({
      batchWeightMax: 1,
      waitingWeightMax: 10,
      weightOf: () => 1,
      run: async (items) => {
        // As a pool of connections does, which sends a statement after this turn.
        await new Promise<void>((resolve) => process.nextTick(resolve));
        order.push(`sent ${items[0]}`);
        await new Promise((resolve) => setImmediate(resolve));
        return items;
      },
    });
    await Promise.all([1, 2, 3].map((item) => batcher.submit(item).then(() => order.push(`told ${item}`))));
    expect(order).toEqual(['sent 1', 'sent 2', 'told 1', 'sent 3', 'told 2', 'told 3']);
  });

  it('fails the one item at fault and answers the others', async () => {
    const { batcher } = recording(async (items) => {
      if (items.includes(3)) throw new RangeError('three');
      return double(items);
    });
    const settled = await Promise.allSettled([1, 2, 3, 4].map((item) => batcher.submit(item)));
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  });

  it('does not repeat a batch whose connection was lost: it may have been written', async () => {
    const { batcher, batches } = recording(async () => {
      throw Object.assign(new Error('gone'), { code: 'ECONNRESET' });
    });
    const settled = await Promise.allSettled([batcher.submit(1), batcher.submit(2)]);
    expect(settled.every(({ status }) => status === 'rejected')).toBe(true);
    expect(batches).toEqual([[1, 2]]);
  });

  it('refuses at once past its bound, and takes new items when the queue has emptied', async () => {
    const { batcher } = recording(double, { batchWeightMax: 2, waitingWeightMax: 3 });
    const taken = [1, 2, 3].map((item) => batcher.submit(item));
    await expect(batcher.submit(4)).rejects.toMatchObject({ code: 'unavailable', detail: { retryAfterSeconds: 1 } });
    await Promise.all(taken);
    await expect(batcher.submit(5)).resolves.toBe(10);
  });

  describe('beside others', () => {
    /** Four callers of whom each comes again once, and two who come while the first batch runs. */
    async function measureBatches(isShared: boolean, isComingAgain: boolean): Promise<number[]> {
      const late: Promise<number>[] = [];
      const { batcher, batches } = recording(
        async (items) => {
          if (late.length === 0) late.push(...[5, 6].map((item) => batcher.submit(item)));
          return double(items);
        },
        { batchWeightMax: 100, waitingWeightMax: 100, isShared: () => isShared },
      );
      const callers = [1, 2, 3, 4].map(async (item) => {
        await batcher.submit(item);
        if (isComingAgain) await batcher.submit(item);
      });
      await Promise.all(callers);
      await Promise.all(late);
      return batches.map((batch) => batch.length);
    }

    it('waits for the callers of the last batch to come again', async () => {
      expect(await measureBatches(true, true)).toEqual([4, 6]);
    });

    it('does not where it is alone', async () => {
      expect(await measureBatches(false, true)).toEqual([4, 2, 4]);
    });

    it('goes on without callers who do not come', async () => {
      expect(await measureBatches(true, false)).toEqual([4, 2]);
    });

    it('waits for nobody once a batch is full', async () => {
      const { batcher, batches } = recording(double, {
        batchWeightMax: 4,
        waitingWeightMax: 100,
        isShared: () => true,
      });
      await Promise.all(Array.from({ length: 12 }, (_, index) => batcher.submit(index)));
      expect(batches.map((batch) => batch.length)).toEqual([4, 4, 4]);
    });
  });
});
