import type { OrderProfile } from './handler-profile';
import type { Message } from './message';
import { PipelineModel, type ModelOptions } from './pipeline-model';
import type { Queue } from './queue';
import { write } from './table';
import type { World } from './world';
import { Clock } from '../simulation/clock';
import { Random } from '../support/random';

export const testWorld = (): World => ({ clock: new Clock(true), random: new Random(1), usages: [] });

/** Runs all that is scheduled within so many seconds. */
export function runFor({ clock }: World, seconds: number): void {
  const until = clock.now + seconds * 1000;
  while (clock.next <= until) clock.step();
  clock.now = until;
}

/** What the handlers do for an order of 1 KB. */
export const PROFILE: OrderProfile = {
  orderBytes: 1057,
  handlers: {
    'validate-order': { writes: [write('SequenceTable')], events: ['OrderValidated'], records: write('HistoryTable') },
    'process-order': { writes: [write('OrdersTable', 2)], events: [] },
    'publish-order-changes': { writes: [], events: ['OrderConfirmed'], records: write('HistoryTable') },
  },
  fallback: { 'record-order-event': { writes: [write('HistoryTable')], events: [] } },
  targets: { OrderValidated: ['ProcessingQueue'], OrderConfirmed: [] },
  unrecordedTargets: { OrderValidated: ['ProcessingQueue', 'HistoryQueue'], OrderConfirmed: ['HistoryQueue'] },
};

/** Where every accepted order is: each is in one of these. */
export function whereOrdersAre(model: PipelineModel): { readonly confirmed: number; readonly waiting: number; readonly deadLettered: number } {
  const { times } = model;
  const accepted = [...times.acceptedAt.keys()].filter((order) => !Number.isNaN(times.acceptedAt[order]));
  const deadLettered = new Set([...model.queues.values(), ...model.streams].flatMap(({ deadLetters }) => deadLetters.map(({ order }) => order)));
  const isConfirmed = (order: number) => !Number.isNaN(times.publishedAt[order]);
  const confirmed = accepted.filter(isConfirmed).length;
  const lost = accepted.filter((order) => !isConfirmed(order) && deadLettered.has(order)).length;
  return { confirmed, deadLettered: lost, waiting: accepted.length - confirmed - lost };
}

export const modelOf = (options: Pick<ModelOptions, 'settings'> & Partial<ModelOptions>): PipelineModel =>
  new PipelineModel({ profile: PROFILE, region: 'us-east-1', orders: 10_000, ...options });

/** Messages of a queue are what was sent and neither deleted nor dead-lettered. */
export const isConserved = ({ sent, deleted, deadLetters, messages }: Queue): boolean => sent === deleted + deadLetters.length + messages;

export const ordersOf = (messages: readonly Message[]): number[] => messages.map(({ order }) => order);
