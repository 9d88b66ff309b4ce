/** How many of a thing may go on at once, in all and for each owner. */
export class StreamSlots {
  private readonly taken = new Map<string, number>();
  private total = 0;

  constructor(
    private readonly totalMax: number,
    private readonly perOwnerMax: number,
  ) {}

  /** Takes a slot and answers what gives it back, once. NULL: there is none. */
  take(owner: string): (() => void) | null {
    const owned = this.taken.get(owner) ?? 0;
    if (this.total >= this.totalMax || owned >= this.perOwnerMax) return null;
    this.taken.set(owner, owned + 1);
    this.total += 1;
    let isTaken = true;
    return () => {
      if (!isTaken) return;
      isTaken = false;
      this.total -= 1;
      const left = (this.taken.get(owner) ?? 1) - 1;
      if (left === 0) this.taken.delete(owner);
      else this.taken.set(owner, left);
    };
  }
}
