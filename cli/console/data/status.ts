import { countTotals } from './count-totals';
import type { DeadLetterLists } from './dead-letter-lists';
import { deadLetterMessages } from './dead-letter-messages';
import type { EventFeed } from './event-feed';
import { stuckFiles } from './stuck-files';
import type { RedriveRoute } from '../../../handlers/shared/redrive/redrive-routes';
import type { OrderTotals, PipelineStatus, QueueStatus } from '../console-api';
import type { ConsoleContext } from '../console-context';
import { isQueue } from '../deployment/describe-resources';

/** Files are looked at less often than queues. */
const FILES_EVERY_MS = 30_000;

/** Reads the state of the pipeline. */
export class StatusReader {
  private stuck: Promise<number> = Promise.resolve(0);
  private filesReadAt = 0;

  constructor(private readonly context: ConsoleContext, private readonly feed: EventFeed, private readonly lists: DeadLetterLists) {}

  async read(): Promise<PipelineStatus> {
    const [queues, functionErrors, stuck] = await Promise.all([this.readQueues(), this.functionErrors(), this.stuckFiles()]);
    const deadLetterCounts = this.deadLetterCounts(queues);
    const live = Object.entries(queues).filter(([id]) => !this.isDeadLetterQueue(id)).map(([, status]) => status);
    const inFlight = sum(live.map(totalIn));
    const totals = await this.totals(inFlight, sum(live.map(({ visible }) => visible)), deadLetterCounts);
    return {
      at: new Date().toISOString(),
      queues,
      functionErrors,
      ...(totals ? { totals } : {}),
      inFlight,
      deadLettered: sum(Object.values(deadLetterCounts)),
      attention: this.attention(deadLetterCounts, totals, stuck),
    };
  }

  /** The queues of the pipeline by their logical IDs, and the dead-letter queues of the app by their names in redrive commands. */
  private async readQueues(): Promise<Record<string, QueueStatus>> {
    const { pipeline: { resources, routes }, aws, permissions } = this.context;
    const own = resources.filter(({ kind }) => kind === 'QUEUE');
    const ofApp = routes.filter(({ deadLetterQueueUrl }) => !own.some((queue) => isQueue(queue, deadLetterQueueUrl)));
    const urls = [...own.map(({ id, physicalId }) => [id, physicalId]), ...ofApp.map(({ name, deadLetterQueueUrl }) => [name, deadLetterQueueUrl])];
    const statusOf = (url: string) => permissions.orElse<QueueStatus | undefined>(aws.queueStatus(url), undefined);
    const read = await Promise.all(urls.map(async ([id, url]) => [id, await statusOf(url)] as const));
    return Object.fromEntries(read.filter((entry): entry is [string, QueueStatus] => entry[1] !== undefined));
  }

  private async functionErrors(): Promise<PipelineStatus['functionErrors']> {
    const { pipeline: { resources }, aws: { functionErrors }, permissions } = this.context;
    const functions = resources.filter(({ kind }) => kind === 'FUNCTION');
    if (!functionErrors) return {};
    // Where CloudWatch does not answer, the other numbers are still right.
    const errors = await permissions.orElse(functionErrors(functions.map(({ physicalId }) => physicalId)), {}).catch(() => undefined);
    if (!errors) return {};
    return Object.fromEntries(functions.map(({ id, physicalId }) => [id, errors[physicalId] ?? 0]));
  }

  private stuckFiles(): Promise<number> {
    if (Date.now() > this.filesReadAt + FILES_EVERY_MS) {
      this.filesReadAt = Date.now();
      this.stuck = stuckFiles(this.context).catch(() => 0);
    }
    return this.stuck;
  }

  private totals(inFlight: number, visible: number, deadLetterCounts: Record<string, number>): Promise<OrderTotals | undefined> {
    const { feed: { outcomes }, context, lists } = this;
    if (!outcomes) return Promise.resolve(undefined);
    const totals = deadLetterMessages(deadLetterCounts, context.pipeline.routes, lists)
      .then((deadLetters) => countTotals(outcomes, { inFlight, visible, deadLetters }, context));
    return context.permissions.orElse<OrderTotals | undefined>(totals, undefined);
  }

  private deadLetterCounts(queues: Readonly<Record<string, QueueStatus>>): Record<string, number> {
    const statusOf = ({ name, deadLetterQueueUrl }: RedriveRoute) => queues[this.idOf(deadLetterQueueUrl) ?? name] ?? NONE;
    return Object.fromEntries(this.context.pipeline.routes.map((route) => [route.name, totalIn(statusOf(route))]));
  }

  private isDeadLetterQueue(id: string): boolean {
    const { routes } = this.context.pipeline;
    return routes.some(({ name, deadLetterQueueUrl }) => (this.idOf(deadLetterQueueUrl) ?? name) === id);
  }

  private idOf(url: string): string | undefined {
    return this.context.pipeline.resources.find((resource) => isQueue(resource, url))?.id;
  }

  private attention(deadLetterCounts: Readonly<Record<string, number>>, totals: OrderTotals | undefined, stuck: number): PipelineStatus['attention'] {
    const { routes } = this.context.pipeline;
    return [
      ...(totals && totals.unaccounted !== 0 ? [{ text: `${plural(totals.unaccounted, 'accepted order')} without a known outcome`, view: 'orders' as const }] : []),
      ...Object.entries(deadLetterCounts).filter(([, count]) => count > 0).map(([name, count]) => {
        const resource = this.idOf(routes.find((route) => route.name === name)!.deadLetterQueueUrl);
        return { text: `${plural(count, 'message')} in the dead-letter queue ${name}`, view: 'dead-letters' as const, ...(resource ? { resource } : {}) };
      }),
      ...(stuck > 0 ? [{ text: `${plural(stuck, 'file')} not processed after 15 minutes`, view: 'files' as const }] : []),
    ];
  }
}

const NONE: QueueStatus = { visible: 0, inFlight: 0, delayed: 0 };
const totalIn = ({ visible, inFlight, delayed }: QueueStatus): number => visible + inFlight + delayed;
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
