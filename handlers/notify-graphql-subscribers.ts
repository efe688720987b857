import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { consumeQueue, historyRecord, orderChangeOf, readEnv, type Outcome } from '#shared';
import { graphqlClient } from './aws/appsync';
import { queueFailures } from './aws/failure-policies';
import { ORDER_CHANGE_FIELDS, PUBLISH_MUTATION } from '../src/private/contract';

const env = readEnv('notify-graphql-subscribers');
const onFailure = queueFailures(env);
const request = graphqlClient(env.GRAPHQL_URL, env.GRAPHQL_REGION);

/** Subscribers get the fields that this request selects, and no others. */
const MUTATION = `mutation($change: OrderChangeInput!) { ${PUBLISH_MUTATION}(change: $change) { ${ORDER_CHANGE_FIELDS.join(' ')} } }`;

/** Publishes events about orders to the subscribers of the GraphQL API, at least once. */
export const handler = (event: SQSEvent): Promise<SQSBatchResponse> => consumeQueue(event, { summary: 'subscribers notified', consume, onFailure });

async function consume({ body, messageId }: SQSRecord): Promise<Outcome> {
  const record = historyRecord(body, new Date());
  await request(MUTATION, { change: orderChangeOf(record) });
  return { outcome: 'SubscribersNotified', orderId: record.orderId, messageId };
}
