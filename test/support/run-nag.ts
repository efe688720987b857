import { Aspects, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import {
  AwsSolutionsChecks, ServerlessChecks, type INagLogger, type NagLoggerErrorData, type NagLoggerNonComplianceData, type NagPack, type NagPackProps,
} from 'cdk-nag';

/** The rules that are violated and those that are suppressed, each with the path of the resource. */
export interface NagResult {
  readonly violations: string[];
  readonly suppressions: string[];
  readonly template: Template;
}

/** Runs rule packs of cdk-nag on a stack. */
export function runNag(stack: Stack, packs: readonly (new (props: NagPackProps) => NagPack)[] = [AwsSolutionsChecks, ServerlessChecks]): NagResult {
  const [violations, suppressions]: string[][] = [[], []];
  const addTo = (list: string[]) => ({ ruleId, resource, ...data }: NagLoggerNonComplianceData | NagLoggerErrorData) =>
    void list.push(`${ruleId}${'findingId' in data && data.findingId ? `[${data.findingId}]` : ''} of ${resource.node.path}`);
  const ignore = () => undefined;
  const logger: INagLogger = {
    onNonCompliance: addTo(violations),
    onSuppressed: addTo(suppressions),
    // A rule that fails to run counts as violated.
    onError: addTo(violations),
    onSuppressedError: addTo(violations),
    onCompliance: ignore,
    onNotApplicable: ignore,
  };
  for (const Pack of packs) Aspects.of(stack).add(new Pack({ reports: false, additionalLoggers: [logger] }));
  return { template: Template.fromStack(stack), violations, suppressions };
}
