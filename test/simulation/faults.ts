/** With any request. */
const CALL_FAULTS = ['fail', 'lost', 'twice', 'slow', 'crash before', 'crash after'] as const;
/** With one that has several entries, or calls a function, besides. */
const BATCH_FAULTS = ['partial'] as const;
/** What can go wrong with a message or an event on its way. */
export const DELIVERY_FAULTS = ['duplicate', 'late'] as const;

/** What else there is: each of these has its place. */
const OTHER_FAULTS = ['undeliverable', 'given up', 'not deleted', 'repeated', 'unreadable', 'wrong clock'] as const;

export type FaultKind =
  (typeof CALL_FAULTS)[number] | (typeof BATCH_FAULTS)[number] | (typeof DELIVERY_FAULTS)[number] | (typeof OTHER_FAULTS)[number];

/** What can go wrong with a request to a service. */
export const kindsOf = (operation: string): readonly FaultKind[] =>
  (/PutEvents|Batch|Invoke/.test(operation) ? [...CALL_FAULTS, ...BATCH_FAULTS, ...BATCH_FAULTS] : CALL_FAULTS);

/** Something that goes wrong: at the nth visit of a place, and so many times from there on. */
export interface Fault {
  readonly site: string;
  readonly nth: number;
  readonly times: number;
  readonly kind: FaultKind;
}

export const describeFault = ({ site, nth, times, kind }: Fault): string => `${site} #${nth}${times > 1 ? ` to #${nth + times - 1}` : ''}: ${kind}`;

/** The faults of a run, while they last. */
export class Faults {
  isOver = false;
  /** How many visits met a fault. */
  met = 0;
  private readonly visits = new Map<string, number>();
  private readonly plan = new Map<string, Fault[]>();

  constructor(faults: readonly Fault[]) {
    for (const fault of faults) this.plan.set(fault.site, [...this.plan.get(fault.site) ?? [], fault]);
  }

  /** What goes wrong at this visit of a place, if anything. */
  at(site: string): FaultKind | undefined {
    const faults = this.plan.get(site);
    if (!faults || this.isOver) return undefined;
    const visit = (this.visits.get(site) ?? 0) + 1;
    this.visits.set(site, visit);
    const found = faults.find(({ nth, times }) => visit >= nth && visit < nth + times);
    if (found) this.met++;
    return found?.kind;
  }
}
