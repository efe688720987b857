import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetSecretValueCommand, ResourceNotFoundException, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { ChangeMessageVisibilityBatchCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import type { Context, SQSBatchResponse } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { FakeTables } from './fake-tables';
import { eventBridge } from './published-events';
import { sqs } from './sent-messages';
import { sqsEvent, sqsRecord } from './sqs-event';
import { DELIVERIES_BY_TIME, DELIVERY_KEYS, WEBHOOK_KEYS } from '../../src/private/contract';

interface Message {
  readonly body: string;
  readonly delay: number;
  readonly group?: string;
}

interface InvocationOptions {
  /** What remains of the invocation at its start, in milliseconds. */
  readonly time?: number;
  readonly attributes?: Record<string, string>;
}

type Handler = (event: ReturnType<typeof sqsEvent>, context: Context) => Promise<SQSBatchResponse>;

/** The services behind the handlers of webhooks, in memory. */
export class WebhookSystem {
  /** Invokes a handler with messages, each received for the first time. */
  public static invoke(handler: Handler, bodies: readonly unknown[], { time = 60_000, attributes = {} }: InvocationOptions = {}) {
    const started = Date.now();
    const context = { getRemainingTimeInMillis: () => time - (Date.now() - started) } as Context;
    return handler(sqsEvent(...bodies.map((body, index) => sqsRecord(`m-${index}`, body, attributes))), context);
  }

  public readonly tables = new FakeTables({ 'webhooks-table': WEBHOOK_KEYS, 'deliveries-table': DELIVERY_KEYS }, { [DELIVERIES_BY_TIME.indexName]: DELIVERIES_BY_TIME });
  public readonly sent: Record<string, Message[]> = { deliveries: [], timers: [], deadLetters: [] };
  public readonly alerts: { readonly Subject: string; readonly Message: string }[] = [];
  /** The values of secrets by their ARN: the current one and the previous one. */
  public readonly secrets: Record<string, readonly string[]> = { [process.env.SIGNING_SECRET_ARN!]: ['signing-secret'] };

  constructor() {
    const queues = { [process.env.DELIVERY_QUEUE_URL!]: 'deliveries', [process.env.QUEUE_URL!]: 'timers', [process.env.DEAD_LETTER_QUEUE_URL!]: 'deadLetters' };
    for (const client of [eventBridge, sqs]) client.reset();
    eventBridge.on(PutEventsCommand).callsFake(({ Entries }) => ({ Entries: Entries.map(() => ({ EventId: 'e' })) }));
    sqs.on(ChangeMessageVisibilityBatchCommand).resolves({});
    sqs.on(SendMessageCommand).callsFake(({ QueueUrl, MessageBody, DelaySeconds = 0, MessageGroupId }) => {
      this.sent[queues[QueueUrl]].push({ body: MessageBody, delay: DelaySeconds, group: MessageGroupId });
      return {};
    });
    mockClient(SNSClient).on(PublishCommand).callsFake((message) => { this.alerts.push(message); return {}; });
    mockClient(SecretsManagerClient).on(GetSecretValueCommand).callsFake(({ SecretId, VersionStage }) => {
      const SecretString = this.secrets[SecretId][VersionStage === 'AWSCURRENT' ? 0 : 1];
      if (SecretString === undefined) throw new ResourceNotFoundException({ message: 'no such stage', $metadata: {} });
      return { SecretString };
    });
  }

  public get deliveries() {
    return this.tables.itemsOf('deliveries-table').filter(({ part }) => String(part).startsWith('event#'));
  }

  public get webhooks() {
    return this.tables.itemsOf('webhooks-table');
  }
}
