/** Announces each step of the demo and records its duration. */
export class StepTimer {
  public readonly seconds: Record<string, number> = {};

  /** Runs one step; prints its description before and its duration after. */
  public async step<T>(name: string, description: string, work: () => Promise<T>): Promise<T> {
    const start = performance.now();
    process.stdout.write(`▸ ${description} …\n`);
    const result = await work();
    this.seconds[name] = Math.round(performance.now() - start) / 1000;
    process.stdout.write(`  done in ${this.seconds[name].toFixed(1)} s\n`);
    return result;
  }
}
