/** A standard queue in memory. */
export class FakeQueue {
  /** Bodies of the messages not yet received, oldest first. */
  readonly bodies: string[] = [];
  /** Everything that was ever sent. */
  readonly sent: string[] = [];

  send({ MessageBody }: { MessageBody?: string }): { MessageId: string } {
    this.bodies.push(MessageBody!);
    this.sent.push(MessageBody!);
    return { MessageId: `message-${this.sent.length}` };
  }
}
