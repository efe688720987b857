import { ConditionalCheckFailedException, DynamoDBClient, UpdateItemCommand, type UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';

/** What the function of a step receives, as far as these services read it. */
export interface StepEvent {
  readonly metadata: { readonly orderId: string };
  readonly facts: { readonly tags?: readonly string[] };
  readonly step: { readonly name: string; readonly idempotencyKey: string };
}

/**
 * How a step fails, after its name in a tag of the order, such as `CapturePayment:DECLINE`. The service declines it; it fails without taking effect; it takes effect and then
 * fails, like one whose response is lost; it fails at the first attempt only; or it takes the effect back only at the second attempt.
 */
export type Failure = 'DECLINE' | 'FAIL' | 'FAIL_AFTER_EFFECT' | 'FAIL_ONCE' | 'FAIL_COMPENSATION_ONCE';

/** How a step of an order fails. */
export const failureOf = ({ facts: { tags = [] } }: Pick<StepEvent, 'facts'>, step: string): Failure | undefined =>
  tags.find((tag) => tag.startsWith(`${step}:`))?.slice(step.length + 1) as Failure | undefined;

const dynamodb = new DynamoDBClient();

/** Takes effect once, however often it is invoked, and not after its compensation. */
export async function act(event: StepEvent): Promise<object> {
  const failure = failureOf(event, event.step.name);
  if (failure === 'DECLINE') return { outcome: 'FAILED', code: 'DECLINED', message: `${event.step.name} is declined` };
  const attempt = await count(event, 'attempts');
  if (failure === 'FAIL' || (failure === 'FAIL_ONCE' && attempt === 1)) throw new Error('the service is not available');
  const isDone = await takeEffect(event);
  if (failure === 'FAIL_AFTER_EFFECT') throw new Error('the response is lost');
  return { reference: event.step.idempotencyKey, isDone };
}

/** Takes effect, unless that happened already or the step is compensated. */
export const takeEffect = (event: StepEvent): Promise<boolean> =>
  update(event, 'ADD effects :one SET doneAt = :now', 'attribute_not_exists(doneAt) AND attribute_not_exists(closedAt)');

/** Takes an effect back once, and keeps a late attempt from taking effect. */
export async function compensate(event: StepEvent): Promise<void> {
  const attempt = await count(event, 'compensationAttempts');
  if (failureOf(event, event.step.name) === 'FAIL_COMPENSATION_ONCE' && attempt === 1) throw new Error('the service is not available');
  const isTakenBack = await update(event, 'ADD compensations :one SET closedAt = :now', 'attribute_exists(doneAt) AND attribute_not_exists(closedAt)');
  if (!isTakenBack) await update(event, 'SET closedAt = :now', 'attribute_not_exists(closedAt)');
}

async function count(event: StepEvent, counter: string): Promise<number> {
  const { Attributes } = await dynamodb.send(new UpdateItemCommand({
    ...itemOf(event), UpdateExpression: `ADD ${counter} :one`, ExpressionAttributeValues: { ':one': { N: '1' } }, ReturnValues: 'UPDATED_NEW',
  }));
  return Number(Attributes?.[counter].N);
}

/** Updates the record of a step on a condition. Returns whether it was met. */
async function update(event: StepEvent, UpdateExpression: string, ConditionExpression: string): Promise<boolean> {
  const values: Record<string, { S: string } | { N: string }> = { ':now': { S: new Date().toISOString() } };
  if (UpdateExpression.includes(':one')) values[':one'] = { N: '1' };
  try {
    await dynamodb.send(new UpdateItemCommand({ ...itemOf(event), UpdateExpression, ConditionExpression, ExpressionAttributeValues: values }));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

const itemOf = ({ metadata: { orderId }, step: { name } }: StepEvent): Pick<UpdateItemCommandInput, 'TableName' | 'Key'> =>
  ({ TableName: process.env.EFFECTS_TABLE_NAME, Key: { orderId: { S: orderId }, step: { S: name } } });
