import { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** A rule of cdk-nag that a resource violates on purpose. */
export interface Acknowledgement {
  /** Such as `AwsSolutions-SQS3`. */
  readonly id: string;
  /** For reviewers of the template. At least 10 characters, all of them Latin-1, because cdk-nag encodes others. */
  readonly reason: string;
  /** The violations to acknowledge, or patterns of them. Without it, all violations of the rule are acknowledged. */
  readonly appliesTo?: readonly (string | { readonly regex: string })[];
}

/** `Validations.ACKNOWLEDGED_RULES_METADATA_KEY`, which the oldest aws-cdk-lib that is supported does not have. */
const ACKNOWLEDGED_RULES = 'aws:cdk:acknowledged-rules';

/**
 * Acknowledges rules of cdk-nag on the resource of a construct, so that apps with cdk-nag only see violations that they can resolve.
 *
 * cdk-nag is not a dependency: version 2 reads the metadata of the resource, which reviewers see in the template, and version 3 reads the
 * metadata of the construct. CDK's `acknowledge` rejects violations with more than one `::`, and version 3 does not support patterns.
 */
export function acknowledge(construct: IConstruct, acknowledgements: readonly Acknowledgement[]): void {
  const resource = construct.node.defaultChild ?? construct;
  // `Role.customizeRoles` replaces a role by one without a resource.
  if (!CfnResource.isCfnResource(resource)) return;
  const before: { rules_to_suppress?: readonly object[] } = resource.getMetadata('cdk_nag') ?? {};
  const rules = acknowledgements.map(({ appliesTo, ...rule }) => ({ ...rule, ...(appliesTo ? { applies_to: appliesTo } : {}) }));
  resource.addMetadata('cdk_nag', { rules_to_suppress: [...before.rules_to_suppress ?? [], ...rules] });
  resource.node.addMetadata(ACKNOWLEDGED_RULES, Object.fromEntries(acknowledgements.flatMap(({ id, reason, appliesTo }) =>
    (appliesTo ? appliesTo.filter((violation) => typeof violation === 'string').map((violation) => [`${id}[${violation}]`, reason]) : [[id, reason]]))));
}
