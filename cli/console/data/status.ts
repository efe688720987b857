import { atMostEvery } from './at-most-every';
import { attention, type DeadLetterCount } from './attention';
import { countTotals } from './count-totals';
import type { DeadLetterLists } from './dead-letter-lists';
import { deadLetterMessages } from './dead-letter-messages';
import type { EventFeed } from './event-feed';
import { ResourceMetrics } from './resource-metrics';
import { stuckFiles } from './stuck-files';
import type { OrderTotals, PipelineStatus, QueueStatus } from '../console-api';
import type { ConsoleContext } from '../console-context';
import { isQueue } from '../deployment/describe-resources';

/** Files are looked at less often than queues. */
const FILES_EVERY_MS = 30_000;

/** Reads the state of the pipeline. */
export class StatusReader {
  private readonly metrics: ResourceMetrics;
  private readonly stuckFiles: () => Promise<number>;

  constructor(private readonly context: ConsoleContext, private readonly feed: EventFeed, private readonly lists: DeadLetterLists) {
    this.metrics = new ResourceMetrics(context);
    this.stuckFiles = atMostEvery(FILES_EVERY_MS, () => stuckFiles(context).catch(() => 0));
  }

  async read(): Promise<PipelineStatus> {
    const [queues, functionErrors, stuck] = await Promise.all([this.readQueues(), this.metrics.functionErrors(), this.stuckFiles()]);
    const deadLetters = this.deadLetterCounts(queues);
    const consumed = Object.entries(queues).filter(([id]) => !this.isDeadLetterQueue(id))
      .map(([id, status]) => ({ id, label: this.labelOf(id), ...status }));
    const inFlight = sum(consumed.map(totalIn));
    const totals = await this.totals(inFlight, sum(consumed.map(({ visible }) => visible)), deadLetters);
    const now = Date.now();
    return {
      at: new Date(now).toISOString(),
      queues,
      functionErrors,
      ...(totals ? { totals } : {}),
      inFlight,
      deadLettered: sum(deadLetters.map(({ count }) => count)),
      attention: attention({ totals, deadLetters, queues: consumed, stuckFiles: stuck, now }),
    };
  }

  /** The queues of the pipeline by their logical IDs, and the dead-letter queues of the app by their names in redrive commands. */
  private async readQueues(): Promise<Record<string, QueueStatus>> {
    const { pipeline: { resources, routes }, aws, permissions } = this.context;
    const own = resources.filter(({ kind }) => kind === 'QUEUE');
    const ofApp = routes.filter(({ deadLetterQueueUrl }) => !own.some((queue) => isQueue(queue, deadLetterQueueUrl)));
    const urls = [...own.map(({ id, physicalId }) => [id, physicalId]), ...ofApp.map(({ name, deadLetterQueueUrl }) => [name, deadLetterQueueUrl])];
    const statusOf = (url: string) => permissions.orElse<QueueStatus | undefined>(aws.queueStatus(url), undefined);
    const [ages, ...read] = await Promise.all([
      this.metrics.oldestMessageAges(), ...urls.map(async ([id, url]) => [id, await statusOf(url)] as const),
    ]);
    return Object.fromEntries(read.flatMap(([id, status]) => (status === undefined ? [] : [[id, withAge(status, ages[id])]])));
  }

  private totals(inFlight: number, visible: number, deadLetters: readonly DeadLetterCount[]): Promise<OrderTotals | undefined> {
    const { feed: { outcomes }, context, lists } = this;
    if (!outcomes) return Promise.resolve(undefined);
    const counts = Object.fromEntries(deadLetters.map(({ name, count }) => [name, count]));
    const totals = deadLetterMessages(counts, context.pipeline.routes, lists)
      .then((messages) => countTotals(outcomes, { inFlight, visible, deadLetters: messages }, context));
    return context.permissions.orElse<OrderTotals | undefined>(totals, undefined);
  }

  private deadLetterCounts(queues: Readonly<Record<string, QueueStatus>>): DeadLetterCount[] {
    return this.context.pipeline.routes.map(({ name, deadLetterQueueUrl }) => {
      const resource = this.idOf(deadLetterQueueUrl);
      return { name, count: totalIn(queues[resource ?? name] ?? NONE), ...(resource ? { resource } : {}) };
    });
  }

  private isDeadLetterQueue(id: string): boolean {
    const { routes } = this.context.pipeline;
    return routes.some(({ name, deadLetterQueueUrl }) => (this.idOf(deadLetterQueueUrl) ?? name) === id);
  }

  private idOf(url: string): string | undefined {
    return this.context.pipeline.resources.find((resource) => isQueue(resource, url))?.id;
  }

  private labelOf(id: string): string {
    return this.context.pipeline.resources.find((resource) => resource.id === id)?.label ?? id;
  }
}

/** A queue without messages has no oldest one, but the metric of a minute ago can. */
const withAge = (status: QueueStatus, age: number | undefined): QueueStatus =>
  (age === undefined || totalIn(status) === 0 ? status : { ...status, oldestMessageAge: age });

const NONE: QueueStatus = { visible: 0, inFlight: 0, delayed: 0 };
const totalIn = ({ visible, inFlight, delayed }: QueueStatus): number => visible + inFlight + delayed;
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
