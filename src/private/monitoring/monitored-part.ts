import { Rule } from 'aws-cdk-lib/aws-events';
import type { Construct, IConstruct } from 'constructs';
import { partsOf, type DescribedPart } from '../pipeline-part';

/** A part with the `service` dimension under which monitoring reads its metrics. */
export interface MonitoredPart extends DescribedPart {
  readonly metricsService: string;
}

/** Returns the parts to monitor. `serviceName` overrides the service names of the parts. */
export const monitoredParts = (constructs: readonly Construct[], serviceName?: string): MonitoredPart[] =>
  partsOf(constructs).map((part) => ({ ...part, metricsService: serviceName ?? part.serviceName }));

/** The rules of a part. */
export const rulesOf = ({ construct }: MonitoredPart): Rule[] => construct.node.findAll().filter((each) => each instanceof Rule);

/** The path of a construct within its part as one construct id, such as `ChangesDeadLetterQueue`. A queue of the app is outside, and has its own id. */
export const idWithin = (part: IConstruct, { node }: IConstruct): string =>
  (node.scopes.includes(part) ? node.path.slice(part.node.path.length + 1).replaceAll('/', '') : node.id);
