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

/** What a handler does for each message: it writes, then publishes. */
export interface HandlerProfile {
  readonly writes: readonly WriteProfile[];
  /** The types of the events. */
  readonly events: readonly string[];
}

/** What the handlers do for an order, as measured, and the queues that receive each type of event. */
export interface OrderProfile {
  readonly handlers: Readonly<Record<string, HandlerProfile>>;
  readonly targets: Readonly<Record<string, readonly string[]>>;
  /** The size of an order as JSON. */
  readonly orderBytes: number;
}
