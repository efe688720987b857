/** The name of the error of a record that was not attempted, because an earlier record of its message group failed. */
export const GROUP_STOPPED = 'GroupStopped';

/** A message that no retry can process and that identifies no sender to answer. It goes to the dead-letter queue. */
export class PoisonMessage extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'PoisonMessage';
  }
}

/** A message whose retries did not succeed for as long as its queue retries. It goes to the dead-letter queue, and can be redriven. */
export class RetriesExhausted extends PoisonMessage {
  constructor(reason: string) {
    super(reason);
    this.name = 'RetriesExhausted';
  }
}

/** An error that a retry may resolve. Its name is logged and states the cause; neither name nor message contains order data. */
export class RetryableError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}
