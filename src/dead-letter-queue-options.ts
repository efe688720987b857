import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { ValidationError } from './private/validate';

/**
 * A dead-letter queue of the app, such as that of a subscription's target.
 */
export interface DeadLetterQueueOptions {
  /**
   * Names the queue in redrive commands and, in PascalCase, its alarm: 1 to 32 lower-case letters, digits and hyphens.
   */
  readonly name: string;

  /**
   * The dead-letter queue, such as `OrderEventRule.deadLetterQueue`.
   */
  readonly deadLetterQueue: IQueue;

  /**
   * The queue to which a redrive sends the messages. It must accept them in the format in which they are in the dead-letter queue, and have
   * the same type: standard or FIFO.
   *
   * @default - messages can be listed but not redriven
   */
  readonly sourceQueue?: IQueue;
}

/** Validates a dead-letter queue together with those that are already added. */
export function validateDeadLetterQueue(
  { name, deadLetterQueue, sourceQueue }: DeadLetterQueueOptions, others: readonly DeadLetterQueueOptions[],
): ValidationError[] {
  const type = deadLetterQueue.fifo ? 'FIFO' : 'standard';
  return [
    /^[a-z0-9-]{1,32}$/.test(name) ? undefined : `\`name\` must have 1 to 32 lower-case letters, digits and hyphens, got ${name}`,
    others.some((other) => other.name === name) ? `\`name\` must be unique, got ${name} again` : undefined,
    ...others.filter((other) => other.deadLetterQueue === deadLetterQueue)
      .map((other) => `\`deadLetterQueue\` must be added once, got ${deadLetterQueue.node.path}, which is already added as ${other.name}`),
    sourceQueue === deadLetterQueue ? `\`sourceQueue\` must differ from \`deadLetterQueue\`, got ${deadLetterQueue.node.path} for both` : undefined,
    sourceQueue && sourceQueue.fifo !== deadLetterQueue.fifo ? `\`sourceQueue\` must be a ${type} queue, the type of \`deadLetterQueue\`` : undefined,
  ];
}
