/**
 * Values that were read from the database while its token was `token`, and hold for as long as it stays. Nothing here is
 * proof of anything: who acts on a remembered value names the token in the statement that acts, which then has no effect
 * unless the token is still the same.
 */
export class Basis {
  private current: string | null = null;
  private readonly memories: Memory<unknown>[] = [];

  /** The token under which everything that is remembered was read. NULL: nothing is. */
  get token(): string | null {
    return this.current;
  }

  /** A memory of at most `entriesMax` values; the ones that came first go first. */
  memory<Value>(entriesMax: number): Memory<Value> {
    const memory = new Memory<Value>(entriesMax);
    this.memories.push(memory);
    return memory;
  }

  /** What was read under another token is forgotten. */
  becomes(token: string | null): void {
    if (token === this.current) return;
    this.current = token;
    for (const memory of this.memories) memory.clear();
  }
}

class Memory<Value> {
  private readonly values = new Map<string, Value>();

  constructor(private readonly entriesMax: number) {}

  get(key: string): Value | undefined {
    return this.values.get(key);
  }

  set(key: string, value: Value): void {
    if (this.values.size >= this.entriesMax && !this.values.has(key)) {
      for (const first of this.values.keys()) {
        this.values.delete(first);
        break;
      }
    }
    this.values.set(key, value);
  }

  clear(): void {
    this.values.clear();
  }
}
