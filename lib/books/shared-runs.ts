interface Asked<Result> {
  run: () => Promise<Result>;
  readonly promise: Promise<Result>;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Costly runs that many ask for at once. Of one name at most one goes on; whoever asks meanwhile shares the next one, which
 * begins after they asked and so has seen what they did. Runs of several names take turns, so many at a time.
 */
export class SharedRuns<Result> {
  private readonly running = new Set<string>();
  /** In the order in which they were first asked for. */
  private readonly asked = new Map<string, Asked<Result>>();

  constructor(private readonly runsMax: number) {}

  /** Answers what the next run of that name does, by whichever `run` was given last before it begins. */
  ask(name: string, run: () => Promise<Result>): Promise<Result> {
    const asked = this.asked.get(name) ?? toAsked(run);
    asked.run = run;
    this.asked.set(name, asked);
    this.begin();
    return asked.promise;
  }

  private begin(): void {
    for (const [name, asked] of this.asked) {
      if (this.running.size >= this.runsMax) return;
      if (!this.running.has(name)) this.start(name, asked);
    }
  }

  private start(name: string, { run, resolve, reject }: Asked<Result>): void {
    this.asked.delete(name);
    this.running.add(name);
    const end = () => {
      this.running.delete(name);
      this.begin();
    };
    run().then(resolve, reject).finally(end);
  }
}

function toAsked<Result>(run: () => Promise<Result>): Asked<Result> {
  let resolve: (result: Result) => void = () => {};
  let reject: (error: unknown) => void = () => {};
  const promise = new Promise<Result>((onResult, onError) => {
    resolve = onResult;
    reject = onError;
  });
  return { run, promise, resolve, reject };
}
