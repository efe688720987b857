import { limitsPerOrder, type OrderLimit } from './limits-per-order';
import type { PipelineModel } from './pipeline-model';
import { percentile } from '../bench/statistics';

/** Seconds between the acceptance of an order and a step. */
export interface Delays {
  readonly p50: number;
  readonly p99: number;
}

/** What a run showed. Times are in seconds. */
export interface Summary {
  readonly accepted: number;
  /** The share of the orders that were accepted; the API refused the others. */
  readonly acceptedShare: number;
  /** Until `OrderConfirmed` is on the bus. */
  readonly confirmed: Delays;
  /** Until the last event of the order is in the history. */
  readonly recorded: Delays;
  readonly deadLetters: number;
  /** The limits that refused or delayed what orders needed, the lowest first. */
  readonly saturated: readonly OrderLimit[];
}

/** The share of a limit's uses that it may refuse or delay by chance. */
const BY_CHANCE = 0.02;

/** How orders arrived. */
export interface Load {
  /** Orders per second, and for how many seconds. */
  readonly rate: number;
  readonly seconds: number;
  /** The first order that counts, and the one after the last; by default, all count. */
  readonly from?: number;
  readonly to?: number;
}

/**
 * Summarizes a run. A limit is saturated if orders arrive faster than it allows, and it refused or delayed something, or was used up for most of
 * the time and not because of a limit behind it.
 */
export function summarize(model: PipelineModel, { rate, seconds, from = 0, to = model.options.orders }: Load): Summary {
  const { times: { acceptedAt, publishedAt, recordedAt }, options: { settings, profile, region } } = model;
  const accepted = Array.from({ length: to - from }, (_, index) => from + index).filter((order) => !Number.isNaN(acceptedAt[order]));
  const delaysTo = (end: Float64Array): Delays => {
    const delays = accepted.map((order) => (end[order] - acceptedAt[order]) / 1000);
    return { p50: percentile(delays, 0.5), p99: percentile(delays, 0.99) };
  };
  const usages = new Map(model.world.usages.map((usage) => [usage.limit, usage]));
  const isReached = ({ limit, ordersPerSecond, upTo = Infinity, busyShare }: OrderLimit): boolean => {
    const usage = usages.get(limit);
    if (!usage || ordersPerSecond > rate || rate >= upTo) return false;
    return busyShare ? usage.share(seconds) >= busyShare : usage.refused + usage.delayed > BY_CHANCE * usage.used;
  };
  const reached = limitsPerOrder(settings, profile, region).filter(isReached);
  const isCause = ({ waitsFor = [] }: OrderLimit) => !reached.some(({ limit }) => waitsFor.includes(limit));
  return {
    accepted: accepted.length,
    acceptedShare: accepted.length / (to - from),
    confirmed: delaysTo(publishedAt),
    recorded: delaysTo(recordedAt),
    deadLetters: model.deadLetters,
    saturated: reached.filter(isCause),
  };
}
