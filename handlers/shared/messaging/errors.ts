/** A message that no retry can process and that identifies no sender to answer. It goes to the dead-letter queue. */
export class PoisonMessage extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'PoisonMessage';
  }
}

/** An error that a retry may resolve. Its name is logged and states the cause; neither name nor message contains order data. */
export class RetryableError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}
