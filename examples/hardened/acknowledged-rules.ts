import type { Stack } from 'aws-cdk-lib';

/** Rules that the stack does not follow, each with the reason. */
const REASONS: Readonly<Record<string, string>> = {
  APIGWCacheEnabledAndEncrypted: 'The API has no cache: an order that was just changed must not be read as it was.',
  APIGWSSLEnabled: 'A client certificate authenticates API Gateway to HTTP back ends. This API invokes Lambda functions, which its role may do.',
  IAMNoInlinePolicy: 'Each inline policy is of one role, which one function has; it cannot be attached to another and is deleted with the role.',
  LambdaConcurrency: 'maxConcurrency of event sources, or a schedule, limits functions that no caller invokes; those of the API have reservedConcurrency.',
  LambdaDLQ: 'Event sources and API Gateway invoke the functions; their queues have dead-letter queues, and the schedule has an on-failure destination.',
  S3BucketReplicationEnabled: 'Files are read once and their orders stored in a table with point-in-time recovery; access logs are not needed in a second region.',
  S3DefaultEncryptionKMS: 'S3 writes access logs only to buckets with SSE-S3; the bucket of files has the key.',
  VPCDefaultSecurityGroupClosed: 'No resource uses the default security group; its rules are those of the account, which AWS Control Tower or a script removes.',
};

/** The packs of cdk-nag that have these rules. */
const PACKS = ['NIST.800.53.R5', 'PCI.DSS.321', 'HIPAA.Security'];

/** Acknowledges the rules in the metadata of the template, where cdk-nag and reviewers read them. cdk-nag itself is not needed for it. */
export function acknowledgeRules(stack: Stack): void {
  const rules = Object.entries(REASONS).flatMap(([rule, reason]) => PACKS.map((pack) => ({ id: `${pack}-${rule}`, reason })));
  stack.templateOptions.metadata = { ...stack.templateOptions.metadata, cdk_nag: { rules_to_suppress: rules } };
}
