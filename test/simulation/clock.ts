type Action = () => void;

interface Appointment {
  readonly time: number;
  readonly place: number;
  readonly action: Action;
}

/** When every simulation begins. */
export const BEGINNING = Date.parse('2026-01-31T12:00:00.000Z');

/** The one clock of a simulation. It stands still until the next thing happens, and then is there at once. */
export class Clock {
  now = BEGINNING;
  /** Whether a promise was settled, so that somebody has to be given the time to go on. */
  hasWoken = false;
  private readonly heap: Appointment[] = [];
  private count = 0;

  /** When the next thing happens; never, if nothing does. */
  get next(): number {
    return this.heap.length > 0 ? this.heap[0].time : Infinity;
  }

  /** Does something after so many milliseconds. What is to happen at one time happens in the order in which it was asked for. */
  after(milliseconds: number, action: Action): void {
    const { heap } = this;
    const appointment = { time: this.now + Math.max(0, Math.ceil(milliseconds)), place: ++this.count, action };
    let at = heap.push(appointment) - 1;
    while (at > 0) {
      const parent = Math.floor((at - 1) / 2);
      if (isBefore(heap[parent], appointment)) break;
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = appointment;
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

  /** Goes to the next thing, and does it. */
  step(): void {
    const { time, action } = this.take();
    this.now = Math.max(this.now, time);
    action();
  }

  private take(): Appointment {
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

const isBefore = (one: Appointment, other: Appointment): boolean => one.time < other.time || (one.time === other.time && one.place < other.place);
