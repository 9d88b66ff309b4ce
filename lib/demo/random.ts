/**
 * Random numbers that a seed repeats on every machine: xoshiro128** 1.1 (Blackman and Vigna, 2018), its state filled by
 * SplitMix32 from the FNV-1a hash of a text. Not for secrets.
 */
export class Random {
  private readonly state: Uint32Array;

  constructor(seed: string) {
    this.state = fillState(hashText(seed));
  }

  /** 0 or more and below 1, in steps of 2^-32. */
  unit(): number {
    return this.next() / 4_294_967_296;
  }

  /** From `min` to below `max`. */
  between(min: number, max: number): number {
    return min + this.unit() * (max - min);
  }

  /** From the standard normal distribution (Box and Muller). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.unit())) * Math.cos(2 * Math.PI * this.unit());
  }

  /** Around `median`, skewed to the right: `spread` is the standard deviation of the logarithm. */
  logNormal(median: number, spread: number): number {
    return median * Math.exp(spread * this.normal());
  }

  /** How many events happen where `mean` are expected. Knuth's product; for large means the normal distribution. */
  poisson(mean: number): number {
    if (mean > 200) return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.normal()));
    const floor = Math.exp(-mean);
    let count = 0;
    for (let product = this.unit(); product > floor; product *= this.unit()) count += 1;
    return count;
  }

  /** One of the items, by weight. Throws on none. */
  pick<Item>(weighted: readonly (readonly [Item, number])[]): Item {
    let rest = this.unit() * weighted.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [item, weight] of weighted) {
      rest -= weight;
      if (rest < 0) return item;
    }
    const last = weighted.at(-1);
    if (!last) throw new RangeError('There is nothing to pick from.');
    return last[0];
  }

  /** One of the items, each as likely. Throws on none. */
  item<Item>(items: readonly Item[]): Item {
    const item = items[Math.floor(this.unit() * items.length)];
    if (item === undefined) throw new RangeError('There is nothing to pick from.');
    return item;
  }

  private next(): number {
    const [a = 0, b = 0, c = 0, d = 0] = this.state;
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const e = c ^ a;
    const f = d ^ b;
    this.state.set([a ^ f, b ^ e, e ^ (b << 9), rotate(f, 11)]);
    return result;
  }
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

function fillState(seed: number): Uint32Array {
  let value = seed;
  return Uint32Array.from({ length: 4 }, () => {
    value = (value + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(value ^ (value >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  });
}
