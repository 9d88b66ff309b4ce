/** Sums that were read once and are kept in memory for as long as what they were read from is the same. */
export interface Kept<Sums> {
  /** What they were read from: they hold while it is the same. */
  readonly version: string;
  readonly sums: Sums;
  /** How much room they take, in figures. */
  readonly size: number;
}

/** The most recently used sums by name, as many as have room together. */
export class KeptSums<Sums> {
  private readonly kept = new Map<string, Kept<Sums>>();
  private room: number;

  /** `sizeMax`: figures that are kept in all. */
  constructor(private readonly sizeMax: number) {
    this.room = sizeMax;
  }

  find(name: string, version: string): Sums | null {
    const found = this.kept.get(name);
    if (found?.version !== version) return null;
    // The last in the order is the last that was used.
    this.kept.delete(name);
    this.kept.set(name, found);
    return found.sums;
  }

  keep(name: string, kept: Kept<Sums>): void {
    this.drop(name);
    if (kept.size > this.sizeMax) return;
    for (const oldest of this.kept.keys()) {
      if (kept.size <= this.room) break;
      this.drop(oldest);
    }
    this.kept.set(name, kept);
    this.room -= kept.size;
  }

  private drop(name: string): void {
    this.room += this.kept.get(name)?.size ?? 0;
    this.kept.delete(name);
  }
}
