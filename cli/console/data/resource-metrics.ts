import { atMostEvery } from './at-most-every';
import type { ConsoleMetrics } from '../aws/console-aws';
import type { PipelineResource } from '../console-api';
import type { ConsoleContext } from '../console-context';

/** Metrics change once a minute, and have a price. */
const EVERY_MS = 60_000;

type NumbersById = Readonly<Record<string, number>>;

/** The metrics of the functions and queues of a pipeline by logical ID, without those that are not known. */
export class ResourceMetrics {
  /** The errors of functions in the last five minutes. */
  readonly functionErrors = atMostEvery(EVERY_MS, async () => {
    const errors = await this.read('functionErrors', 'FUNCTION', ({ physicalId }) => physicalId);
    // CloudWatch has no data about a function without invocations.
    return errors && Object.fromEntries(this.resources('FUNCTION').map(({ id }) => [id, errors[id] ?? 0]));
  });

  /** The age of the oldest message of queues, in seconds. */
  readonly oldestMessageAges = atMostEvery(EVERY_MS, () => this.read('oldestMessageAges', 'QUEUE', queueName));

  constructor(private readonly context: ConsoleContext) {}

  /** Undefined where CloudWatch does not answer: the other numbers of the status are still right. */
  private async read(metric: keyof ConsoleMetrics, kind: PipelineResource['kind'], nameOf: (resource: PipelineResource) => string): Promise<NumbersById | undefined> {
    const { aws: { metrics }, permissions } = this.context;
    if (!metrics) return undefined;
    const resources = this.resources(kind);
    const values = await permissions.orElse<NumbersById | undefined>(metrics[metric](resources.map(nameOf)), undefined).catch(() => undefined);
    return values && Object.fromEntries(resources.filter((each) => nameOf(each) in values).map((each) => [each.id, values[nameOf(each)]]));
  }

  private resources(kind: PipelineResource['kind']): readonly PipelineResource[] {
    return this.context.pipeline.resources.filter((resource) => resource.kind === kind);
  }
}

const queueName = ({ physicalId: url }: PipelineResource): string => url.slice(url.lastIndexOf('/') + 1);
