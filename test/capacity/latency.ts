import type { Random } from '../support/random';

/** The standard normal quantile of 0.99. */
const Z99 = 2.326;
const QUANTILES = 4096;

/** A log-normal distribution of durations in milliseconds, given by its median and its 99th percentile. */
export class Latency {
  private readonly quantiles: readonly number[];

  constructor(readonly median: number, readonly p99: number) {
    const sigma = Math.log(p99 / median) / Z99;
    this.quantiles = Array.from({ length: QUANTILES }, (_, index) => median * Math.exp(sigma * normalQuantile((index + 0.5) / QUANTILES)));
  }

  /** The longest of so many durations. */
  longestOf(count: number, random: Random): number {
    return this.quantiles[Math.min(QUANTILES - 1, Math.floor(QUANTILES * random.next() ** (1 / count)))];
  }
}

/** Odeh and Evans's approximation. */
function normalQuantile(probability: number): number {
  const t = Math.sqrt(-2 * Math.log(Math.min(probability, 1 - probability)));
  const numerator = -0.322232431088 - t * (1 + t * (0.342242088547 + t * (0.0204231210245 + t * 0.0000453642210148)));
  const denominator = 0.0993484626060 + t * (0.588581570495 + t * (0.531103462366 + t * (0.103537752850 + t * 0.0038560700634)));
  return (probability < 0.5 ? -1 : 1) * (t + numerator / denominator);
}

/** How long services take while nothing limits them. AWS publishes none of these: they are what is assumed. */
export const LATENCIES = {
  /** A request to SQS. */
  queue: new Latency(8, 40),
  /** A write to DynamoDB. */
  table: new Latency(6, 30),
  /** A PutEvents request. */
  putEvents: new Latency(20, 80),
  /** From PutEvents to the target. */
  delivery: new Latency(90, 300),
  /** From the poller, or the API, to the handler of a warm function. */
  invocation: new Latency(8, 30),
  /** The start of another execution environment. */
  coldStart: new Latency(450, 900),
} as const;

/** CPU time of a handler in milliseconds with one vCPU: as measured by `npm run bench`, see docs/performance.md. */
export const CPU = { perInvocation: 1, perMessage: 0.45, perStreamRecord: 0.1, perExtractedOrder: 0.067 } as const;

/** Memory in MiB at which Lambda gives a function one vCPU. */
const ONE_VCPU = 1769;

/** CPU time in milliseconds of a function with so much memory. */
export const cpuTime = (milliseconds: number, memorySize: number): number => milliseconds * Math.max(1, ONE_VCPU / memorySize);
