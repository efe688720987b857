/** Says what is being done, and remembers how long each step took. */
export class Stopwatch {
  public readonly seconds: Record<string, number> = {};

  /** Does one step, with a line when it begins and its time when it ends. */
  public async step<T>(name: string, what: string, work: () => Promise<T>): Promise<T> {
    const begin = performance.now();
    process.stdout.write(`▸ ${what} …\n`);
    const result = await work();
    this.seconds[name] = Math.round(performance.now() - begin) / 1000;
    process.stdout.write(`  done in ${this.seconds[name].toFixed(1)} s\n`);
    return result;
  }
}
