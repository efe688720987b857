import type { PublishCommandInput } from '@aws-sdk/client-sns';

/** An SNS topic in memory, with the limits of SNS. */
export class FakeTopic {
  readonly messages: PublishCommandInput[] = [];

  publish(message: PublishCommandInput): { MessageId: string } {
    const { Subject = '', Message = '' } = message;
    if (!/^[\x20-\x7e]{1,100}$/.test(Subject)) throw invalid('Subject');
    encodeURIComponent(Message); // the SDK writes a form, and throws at half a surrogate pair
    if (Message === '' || Buffer.byteLength(Message) > 256 * 1024) throw invalid('Message');
    this.messages.push(message);
    return { MessageId: `message-${this.messages.length}` };
  }
}

const invalid = (parameter: string): Error => Object.assign(new Error(`Invalid parameter: ${parameter}`), { name: 'InvalidParameterException' });
