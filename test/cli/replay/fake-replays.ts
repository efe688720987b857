import type { EventReplays, Replay, ReplayRequest } from '../../../cli/replay/event-replays';

const FROM = new Date('2026-03-01T10:00:00.000Z');
const TO = new Date('2026-03-01T11:00:00.000Z');

/** A replay of an hour of which so many minutes were replayed. */
export const replayed = (state: string, minutes?: number, changes: Partial<Replay> = {}): Replay =>
  ({ name: 'replay-1', state, from: FROM, to: TO, ...(minutes === undefined ? {} : { lastReplayedAt: new Date(FROM.getTime() + minutes * 60_000) }), ...changes });

/** EventBridge with an archive and rules. The state of a replay is the next of `states`, then the last one. */
export class FakeReplays implements EventReplays {
  readonly started: ReplayRequest[] = [];
  past: Replay[] = [];

  constructor(private readonly states: (Replay | Error)[] = [replayed('COMPLETED', 60)]) {}

  async describeArchive(name: string) {
    return { name, arn: `arn:archive/${name}`, busArn: 'arn:bus' };
  }

  async listRules(busArn: string) {
    return ['Shipping', 'History', 'Processing'].map((name) => ({ name, arn: `${busArn}/${name}` }));
  }

  async start(request: ReplayRequest) {
    this.started.push(request);
  }

  async describe() {
    const state = this.states.length > 1 ? this.states.shift()! : this.states[0];
    if (state instanceof Error) throw state;
    return state;
  }

  async list() {
    return this.past;
  }
}
