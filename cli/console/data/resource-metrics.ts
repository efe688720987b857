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
  readonly functionErrors = atMostEvery(EVERY_MS, () => this.read('functionErrors', 'FUNCTION', ({ physicalId }) => physicalId));

  /** The age of the oldest message of queues, in seconds. */
  readonly oldestMessageAges = atMostEvery(EVERY_MS, () => this.read('oldestMessageAges', 'QUEUE', queueName));

  constructor(private readonly context: ConsoleContext) {}

  /** Empty where CloudWatch does not answer: the other numbers of the status are still right. */
  private async read(metric: keyof ConsoleMetrics, kind: PipelineResource['kind'], nameOf: (resource: PipelineResource) => string): Promise<NumbersById> {
    const { aws: { metrics }, permissions, pipeline } = this.context;
    if (!metrics) return {};
    const resources = pipeline.resources.filter((resource) => resource.kind === kind);
    const values = await permissions.orElse<NumbersById>(metrics[metric](resources.map(nameOf)), {}).catch((): NumbersById => ({}));
    return Object.fromEntries(resources.filter((each) => nameOf(each) in values).map((each) => [each.id, values[nameOf(each)]]));
  }
}

const queueName = ({ physicalId: url }: PipelineResource): string => url.slice(url.lastIndexOf('/') + 1);
