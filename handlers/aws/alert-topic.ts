import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { fileAlert, type CheckedFile } from '#shared';

const sns = new SNSClient();

/** Tells people of a bad file. */
export const alert = (TopicArn: string, file: CheckedFile) => sns.send(new PublishCommand({ TopicArn, ...fileAlert(file) }));
