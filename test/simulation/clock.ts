type Action = () => void;

interface ScheduledAction {
  readonly time: number;
  /** The number in the order of scheduling. */
  readonly index: number;
  readonly action: Action;
}

/** The time at which every simulation starts. */
export const START_TIME = Date.parse('2026-01-31T12:00:00.000Z');

/** The clock of a simulation. It jumps from one scheduled action to the next. */
export class Clock {
  now = START_TIME;
  /** Whether a promise was resolved or rejected, so that the code that awaits it has to run first. */
  hasWoken = false;
  private readonly heap: ScheduledAction[] = [];
  private count = 0;

  /** @param isExact whether actions run between whole milliseconds, too */
  constructor(private readonly isExact = false) {}

  /** The time of the next action; Infinity if there is none. */
  get next(): number {
    return this.heap.length > 0 ? this.heap[0].time : Infinity;
  }

  /** Schedules an action after so many milliseconds. Actions of the same time run in the order in which they were scheduled. */
  after(milliseconds: number, action: Action): void {
    const { heap } = this;
    const scheduled = { time: this.now + Math.max(0, this.isExact ? milliseconds : Math.ceil(milliseconds)), index: ++this.count, action };
    let at = heap.push(scheduled) - 1;
    while (at > 0) {
      const parent = Math.floor((at - 1) / 2);
      if (isBefore(heap[parent], scheduled)) break;
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = scheduled;
  }

  /** Resolves after so many milliseconds. */
  sleep<Value>(milliseconds = 1, value?: Value): Promise<Value> {
    return new Promise((resolve) => {
      this.after(milliseconds, () => {
        this.hasWoken = true;
        resolve(value as Value);
      });
    });
  }

  /** Runs the next action at its time. */
  step(): void {
    const { time, action } = this.take();
    this.now = Math.max(this.now, time);
    action();
  }

  private take(): ScheduledAction {
    const { heap } = this;
    const first = heap[0];
    const last = heap.pop()!;
    if (heap.length === 0) return first;
    let at = 0;
    for (let child = 1; child < heap.length; child = 2 * at + 1) {
      if (child + 1 < heap.length && isBefore(heap[child + 1], heap[child])) child++;
      if (isBefore(last, heap[child])) break;
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = last;
    return first;
  }
}

const isBefore = (one: ScheduledAction, other: ScheduledAction): boolean =>
  one.time < other.time || (one.time === other.time && one.index < other.index);
