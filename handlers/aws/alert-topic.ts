import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Alert } from '#shared';
import { clientConfig } from './client-config';

const sns = new SNSClient(clientConfig());

/** Creates the function that publishes alerts about files. */
export const alertPublisher = (TopicArn: string) => (alert: Alert) => sns.send(new PublishCommand({ TopicArn, ...alert }));
