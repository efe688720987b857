/** Something that may go well another time. Its name, which goes into the log, says what; it holds nothing of an order. */
export class RetryableError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}
