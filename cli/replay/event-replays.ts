/** An archive of a bus. */
export interface EventArchive {
  readonly name: string;
  readonly arn: string;
  readonly busArn: string;
}

/** A rule of a bus. */
export interface BusRule {
  readonly name: string;
  readonly arn: string;
}

/** A replay to start. */
export interface ReplayRequest {
  readonly name: string;
  readonly archive: EventArchive;
  readonly from: Date;
  readonly to: Date;
  readonly rules: readonly BusRule[];
}

/** The state of a replay. */
export interface Replay {
  readonly name: string;
  /** EventBridge's state: `STARTING`, `RUNNING`, `COMPLETED`, `FAILED`, `CANCELLING` or `CANCELLED`. */
  readonly state: string;
  readonly stateReason?: string;
  readonly from?: Date;
  readonly to?: Date;
  /** The time of the last event that was replayed. */
  readonly lastReplayedAt?: Date;
}

/** The requests to EventBridge about replays. */
export interface EventReplays {
  describeArchive(name: string): Promise<EventArchive>;
  /** Lists the rules of a bus that were made by its users, not by AWS services. */
  listRules(busArn: string): Promise<BusRule[]>;
  start(request: ReplayRequest): Promise<void>;
  describe(name: string): Promise<Replay>;
  /** Lists the replays of an archive, the newest first. EventBridge keeps them for 90 days. */
  list(archiveArn: string): Promise<Replay[]>;
}
