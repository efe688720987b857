import type { Sender } from './edge';
import { allows, type AccessRequest } from './policies';
import { hasUnknownPolicies, queueStatements, roleStatements } from './policy-statements';
import { asList, literalText, type Json } from './template';
import type { IndexedResource, TemplateIndex } from './template-index';

/** The actions that a sender needs on the KMS key of an encrypted queue. */
const KEY_ACTIONS = ['kms:GenerateDataKey', 'kms:Decrypt'];

type IsAllowed = (action: string, resource: IndexedResource, resourcePolicy: readonly Json[]) => boolean;

/** Validates that a sender can send messages to a queue: by the policy of the queue or of the role, and by the policy of the queue's key. */
export function validateQueueAccess(queue: IndexedResource, sender: Sender, index: TemplateIndex): string[] {
  const principal = principalOf(sender, index);
  if ('role' in sender && (!principal.role || hasUnknownPolicies(principal.role))) return [];
  const isAllowed: IsAllowed = (action, resource, resourcePolicy) => {
    const request = { ...principal, action, resource };
    return (principal.role && allows(roleStatements(principal.role, index), request, index)) || allows(resourcePolicy, request, index);
  };
  const cannotSend = `cannot send messages to ${index.displayName({ Ref: queue.id })}: ${senderName(sender)}`;
  return [
    ...(isAllowed('sqs:SendMessage', queue, queueStatements(queue, index)) ? [] : [`${cannotSend} lacks sqs:SendMessage. ${permissionFix(sender)}`]),
    ...validateKeyAccess(queue, sender, isAllowed, index).map((error) => `${cannotSend} ${error}`),
  ];
}

function validateKeyAccess({ properties }: IndexedResource, sender: Sender, isAllowed: IsAllowed, index: TemplateIndex): string[] {
  const { KmsMasterKeyId } = properties;
  if ('service' in sender && literalText(KmsMasterKeyId).endsWith('alias/aws/sqs')) {
    return ['cannot use the AWS managed key for SQS. Encrypt the queue with SSE-SQS or a customer managed key.'];
  }
  const key = KmsMasterKeyId && findKey(KmsMasterKeyId, index);
  if (key?.type !== 'AWS::KMS::Key' || KEY_ACTIONS.every((action) => isAllowed(action, key, asList(key.properties.KeyPolicy?.Statement)))) return [];
  return [`cannot use the key of the queue. Allow kms:GenerateDataKey* and kms:Decrypt on ${index.displayName({ Ref: key.id })}.`];
}

/** Finds a key by its own id or ARN, or by an alias. */
function findKey(value: Json, index: TemplateIndex): IndexedResource | undefined {
  const hasName = ({ properties }: IndexedResource) => typeof properties.AliasName === 'string' && literalText(value).endsWith(properties.AliasName);
  const resource = index.find(value) ?? index.resourcesOfType('AWS::KMS::Alias').find(hasName);
  return resource?.type === 'AWS::KMS::Alias' ? index.find(resource.properties.TargetKeyId) : resource;
}

const principalOf = (sender: Sender, index: TemplateIndex): Pick<AccessRequest, 'service' | 'source' | 'role'> =>
  ('service' in sender ? { service: sender.service, source: index.find(sender.source) } : { role: index.find(sender.role) });

const senderName = (sender: Sender): string => ('service' in sender ? sender.service : 'the role of the function');

const permissionFix = (sender: Sender): string => ('service' in sender
  ? 'Allow it in the queue policy, with aws:SourceArn or aws:SourceAccount as a condition.'
  : 'Grant it with `grantSendMessages()` of the queue.');
