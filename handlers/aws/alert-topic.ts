import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { fileAlert, type CheckedFile } from '#shared';
import { clientConfig } from './client-config';

const sns = new SNSClient(clientConfig());

/** Tells people of a bad file. */
export const alert = (TopicArn: string, file: CheckedFile) => sns.send(new PublishCommand({ TopicArn, ...fileAlert(file) }));
