import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { fileAlert, type CheckedFile } from '#shared';
import { clientConfig } from './client-config';

const sns = new SNSClient(clientConfig());

/** Publishes the alert about a rejected file or invalid orders. */
export const publishAlert = (TopicArn: string, file: CheckedFile) => sns.send(new PublishCommand({ TopicArn, ...fileAlert(file) }));
