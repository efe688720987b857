/** A message that nobody could ever process, and that names nobody who could be answered. Retrying it is useless. */
export class PoisonMessage extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'PoisonMessage';
  }
}
