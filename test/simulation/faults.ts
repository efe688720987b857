/** Faults of any request. */
const REQUEST_FAULTS = ['fail', 'lost', 'twice', 'slow', 'crash before', 'crash after'] as const;
/** Faults of requests with several entries or of invocations. */
const BATCH_FAULTS = ['partial'] as const;
/** Faults of the delivery of a message or an event. */
export const DELIVERY_FAULTS = ['duplicate', 'late'] as const;

/** Faults that happen at one kind of site each. */
const OTHER_FAULTS = ['undeliverable', 'moved to the dead-letter queue', 'not deleted', 'repeated', 'unreadable', 'wrong clock', 'throttled'] as const;

export type FaultKind =
  (typeof REQUEST_FAULTS)[number] | (typeof BATCH_FAULTS)[number] | (typeof DELIVERY_FAULTS)[number] | (typeof OTHER_FAULTS)[number];

/** The faults that a request to a service can meet. */
export const faultKindsOf = (operation: string): readonly FaultKind[] =>
  (/PutEvents|Batch|Invoke/.test(operation) ? [...REQUEST_FAULTS, ...BATCH_FAULTS, ...BATCH_FAULTS] : REQUEST_FAULTS);

/** A fault at the nth visit of a site and at the visits after it, `times` in all. */
export interface Fault {
  readonly site: string;
  readonly nth: number;
  readonly times: number;
  readonly kind: FaultKind;
}

/** A time in which all visits of some sites meet a fault. Times are in milliseconds. */
export interface Outage {
  readonly sites: RegExp;
  readonly kind: FaultKind;
  readonly from: number;
  readonly until: number;
}

export const describeFault = ({ site, nth, times, kind }: Fault): string => `${site} #${nth}${times > 1 ? ` to #${nth + times - 1}` : ''}: ${kind}`;

/** The faults of a run, until they are over. */
export class Faults {
  isOver = false;
  /** The number of visits that met a fault. */
  met = 0;
  private readonly visits = new Map<string, number>();
  private readonly plan = new Map<string, Fault[]>();

  constructor(faults: readonly Fault[], private readonly now: () => number, private readonly outage?: Outage) {
    for (const fault of faults) this.plan.set(fault.site, [...this.plan.get(fault.site) ?? [], fault]);
  }

  /** Counts a visit of a site and returns its fault, if any. */
  at(site: string): FaultKind | undefined {
    return this.isOver ? undefined : this.outageAt(site) ?? this.plannedAt(site);
  }

  private outageAt(site: string): FaultKind | undefined {
    const { outage } = this;
    if (!outage?.sites.test(site) || this.now() < outage.from || this.now() >= outage.until) return undefined;
    this.met++;
    return outage.kind;
  }

  private plannedAt(site: string): FaultKind | undefined {
    const faults = this.plan.get(site);
    if (!faults) return undefined;
    const visit = (this.visits.get(site) ?? 0) + 1;
    this.visits.set(site, visit);
    const found = faults.find(({ nth, times }) => visit >= nth && visit < nth + times);
    if (found) this.met++;
    return found?.kind;
  }
}
