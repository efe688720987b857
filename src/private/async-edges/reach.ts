import type { Sender, ServiceSender } from './edge';
import { lets, type Request } from './policies';
import { idsIn, listOf, textOf, type Json } from './template';
import type { Place, TemplateIndex } from './template-index';

/** What sending to an encrypted queue takes. */
const KEY_ACTIONS = ['kms:GenerateDataKey', 'kms:Decrypt'];

/** What keeps a sender from a queue: the queue's policy or role's, or the queue's key. */
export function queueFaults(queue: Place, sender: Sender, index: TemplateIndex): string[] {
  const who = senderOf(sender, index);
  if ('role' in sender && (!who.role || mayDoAnything(who.role))) return [];
  const may = (request: Request, resourcePolicy: readonly Json[]) =>
    (who.role && lets(roleStatements(who.role, index), request, index)) || lets(resourcePolicy, request, index);
  const name = index.nameOf({ Ref: queue.id });
  const sends = may({ ...who, action: 'sqs:SendMessage', resource: queue }, queueStatements(queue, index));
  return [
    ...(sends ? [] : [`cannot reach ${name}: ${nameOf(sender)} may not send to it; ${mendPolicy(sender)}`]),
    ...keyFaults(queue, sender, (key, action) => may({ ...who, action, resource: key }, listOf(key.properties.KeyPolicy?.Statement)), index),
  ];
}

function keyFaults(queue: Place, sender: Sender, may: (key: Place, action: string) => boolean, index: TemplateIndex): string[] {
  const { KmsMasterKeyId } = queue.properties;
  const name = index.nameOf({ Ref: queue.id });
  if ('service' in sender && textOf(KmsMasterKeyId).endsWith('alias/aws/sqs')) {
    return [`cannot reach ${name}: ${sender.service} may not use the key that AWS manages for SQS; encrypt the queue with SSE-SQS or a key of your own`];
  }
  const key = KmsMasterKeyId && keyAt(KmsMasterKeyId, index);
  if (key?.type !== 'AWS::KMS::Key' || KEY_ACTIONS.every((action) => may(key, action))) return [];
  return [`cannot reach ${name}: ${nameOf(sender)} may not use its key; allow kms:GenerateDataKey* and kms:Decrypt on ${index.nameOf({ Ref: key.id })}`];
}

/** A key, also by its alias, which may be named by its text. */
function keyAt(value: Json, index: TemplateIndex): Place | undefined {
  const byName = ({ properties }: Place) => typeof properties.AliasName === 'string' && textOf(value).endsWith(properties.AliasName);
  const place = index.at(value) ?? index.ofType('AWS::KMS::Alias').find(byName);
  return place?.type === 'AWS::KMS::Alias' ? index.at(place.properties.TargetKeyId) : place;
}

/** Whether a service may call a function. */
export function mayInvoke(handler: Json, { service, source }: ServiceSender, index: TemplateIndex): boolean {
  return index.ofType('AWS::Lambda::Permission').some(({ properties }) =>
    index.functionAt(properties.FunctionName) === index.functionAt(handler)
    && textOf(properties.Principal).startsWith(service.replace('amazonaws.com', ''))
    && [index.at(source), undefined].includes(index.at(properties.SourceArn)));
}

const senderOf = (sender: Sender, index: TemplateIndex): Pick<Request, 'service' | 'source' | 'role'> =>
  ('service' in sender ? { service: sender.service, source: index.at(sender.source) } : { role: index.at(sender.role) });

const nameOf = (sender: Sender): string => ('service' in sender ? sender.service : 'the role of the function');

const mendPolicy = (sender: Sender): string => ('service' in sender
  ? 'allow it sqs:SendMessage with aws:SourceArn or aws:SourceAccount in the policy of the queue'
  : 'let the function send with grantSendMessages');

const queueStatements = (queue: Place, index: TemplateIndex): Json[] =>
  index.ofType('AWS::SQS::QueuePolicy', 'AWS::SQS::QueueInlinePolicy')
    .filter(({ properties }) => listOf(properties.Queues ?? properties.Queue).some((each) => index.at(each) === queue))
    .flatMap(({ properties }) => listOf(properties.PolicyDocument?.Statement));

const roleStatements = (role: Place, index: TemplateIndex): Json[] => [
  ...index.ofType('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy').map(({ properties }) => properties)
    .filter(({ Roles }) => idsIn(Roles).includes(role.id)),
  ...listOf(role.properties.Policies),
].flatMap(({ PolicyDocument }) => listOf(PolicyDocument?.Statement));

/** A role may have policies that are outside. Those of AWS for what every function does let nobody send. */
const mayDoAnything = ({ type, properties }: Place): boolean => type !== 'AWS::IAM::Role'
  || listOf(properties.ManagedPolicyArns).some((arn) => idsIn(arn).length === 0 && !/AWSLambda\w*ExecutionRole|XRay|LambdaInsights/.test(textOf(arn)));
