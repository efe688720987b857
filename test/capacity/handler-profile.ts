/** An entry in a global index that a write makes. */
export interface IndexEntry {
  readonly name: string;
  /** Write units. */
  readonly units: number;
  /** Where the partition keys that orders have in turn are among the partitions. */
  readonly positions: readonly number[];
}

/** A write that a handler makes for each message. */
export interface WriteProfile {
  readonly table: string;
  /** Write units of the item and of its entries in local indexes. */
  readonly units: number;
  readonly indexes: readonly IndexEntry[];
}

/** What a handler does for each message: it writes, then records its events in the history, then publishes them. */
export interface HandlerProfile {
  readonly writes: readonly WriteProfile[];
  /** The types of the events. */
  readonly events: readonly string[];
  /** The item of the history that it writes for each event, without retries: an event that is not recorded is published for the history queue. */
  readonly records?: WriteProfile;
}

/** What the handlers do for an order, as measured, and the queues that receive each type of event. */
export interface OrderProfile {
  readonly handlers: Readonly<Record<string, HandlerProfile>>;
  readonly targets: Readonly<Record<string, readonly string[]>>;
  /** The queues that receive each type of event that could not be recorded. */
  readonly unrecordedTargets: Readonly<Record<string, readonly string[]>>;
  /** What handlers do that receive only events that could not be recorded. */
  readonly fallback: Readonly<Record<string, HandlerProfile>>;
  /** The size of an order as JSON. */
  readonly orderBytes: number;
}
