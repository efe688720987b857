/** What is used of a limit, and what the limit refused or delayed. */
export class Usage {
  used = 0;
  /** What was used, or the seconds for which it was used up, while orders arrived. */
  usedByLoad = 0;
  refused = 0;
  delayed = 0;

  /**
   * @param limit    the name of the limit
   * @param capacity how much can be used in a second
   */
  constructor(readonly limit: string, public capacity: number) {}

  /** The share of the limit that was used while orders arrived, in so many seconds. */
  share(seconds: number): number {
    return this.usedByLoad / (this.capacity * seconds);
  }
}
