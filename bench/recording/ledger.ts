import { type DatabaseKind, type Product, startProduct } from '../product';

/** Counts what was recorded, to be compared with the books. */
export class Ledger {
  private recorded = 0;

  constructor(private readonly product: Product) {}

  add(events: number): void {
    this.recorded += events;
  }

  async check(): Promise<void> {
    const { data } = await this.product.api<{ data: { balanced: boolean; events: number; differences: unknown[] } }>(
      'GET',
      '/api/v1/reconciliation',
    );
    if (!data.balanced) throw new Error(`The books do not balance: ${JSON.stringify(data.differences.slice(0, 3))}`);
    if (data.events !== this.recorded)
      throw new Error(`${this.recorded} events were acknowledged and ${data.events} are on the books.`);
    console.log(`\nThe books balance over ${this.recorded} events.\n`);
  }
}

/** Measures a new product, and then checks its books: a run that loses an event, or counts one twice, fails. */
export async function measureOnBooks(
  kind: DatabaseKind,
  measure: (product: Product, ledger: Ledger) => Promise<void>,
): Promise<void> {
  const product = await startProduct(kind);
  try {
    const ledger = new Ledger(product);
    await measure(product, ledger);
    await ledger.check();
  } finally {
    await product.stop();
  }
}
