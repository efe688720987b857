import { CfnResource, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** A rule of cdk-nag that a resource does not keep, and why that is right. */
export interface Acknowledgement {
  /** Such as `AwsSolutions-SQS3`. */
  readonly id: string;
  /** For whoever reviews the template: 10 characters or more, all of them Latin-1, because cdk-nag would encode others. */
  readonly reason: string;
  /** The findings that are acknowledged, or patterns of them; all findings of the rule where there are none. */
  readonly appliesTo?: readonly (string | { readonly regex: string })[];
}

/**
 * Acknowledges rules of cdk-nag on the resource of a construct, so that apps that check themselves hear only of what is theirs to decide.
 * Nothing of cdk-nag is needed: version 2 reads the resource's metadata, which a reviewer sees in the template, and version 3 what CDK itself
 * keeps with the construct. (CDK's `acknowledge` would refuse findings with more than one `::`, and version 3 knows no patterns.)
 */
export function acknowledge(construct: IConstruct, acknowledgements: readonly Acknowledgement[]): void {
  const resource = (construct.node.defaultChild ?? construct) as CfnResource;
  const before: { rules_to_suppress?: readonly object[] } = resource.getMetadata('cdk_nag') ?? {};
  const rules = acknowledgements.map(({ appliesTo, ...rule }) => ({ ...rule, ...(appliesTo ? { applies_to: appliesTo } : {}) }));
  resource.addMetadata('cdk_nag', { rules_to_suppress: [...before.rules_to_suppress ?? [], ...rules] });
  resource.node.addMetadata(Validations.ACKNOWLEDGED_RULES_METADATA_KEY, Object.fromEntries(acknowledgements.flatMap(({ id, reason, appliesTo }) =>
    (appliesTo ? appliesTo.filter((finding) => typeof finding === 'string').map((finding) => [`${id}[${finding}]`, reason]) : [[id, reason]]))));
}
