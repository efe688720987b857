import type { PutEventsCommandInput } from '@aws-sdk/client-eventbridge';
import type { RuleSettings, TargetSettings } from './deployment';
import { assertEventsFit } from './limits';
import type { StandardQueue } from './queue';
import type { World } from './requests';
import { matchesPattern } from '../support/event-matcher';

/** `detail` of an event on the bus. */
export interface Detail {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- other systems may publish anything
  readonly metadata?: any;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- other systems may publish anything
  readonly data?: any;
}

/** An event on the bus. */
export interface PublishedEvent {
  /** EventBridge's id. */
  readonly id: string;
  readonly type: string;
  readonly detail: Detail;
  readonly text: string;
}

/** A pipeline of another app on the bus, with the same source. Its events must have no effect. */
export const OTHER_PIPELINE = 'Other/Orders';

/** The bus, and the rules that deliver its events to queues: at least once, and in any order. */
export class EventBus {
  /** The events of the pipeline, and those of other systems. */
  readonly published: PublishedEvent[] = [];
  private count = 0;

  constructor(
    private readonly world: World, private readonly queues: Record<string, StandardQueue>, private readonly rules: readonly RuleSettings[],
  ) {
    if (rules.some(({ pattern, targets }) => pattern && targets.some(({ queue }) => !queue))) throw new Error('Only queues are simulated as targets of events.');
  }

  putEvents({ Entries = [] }: PutEventsCommandInput, isPartial = false) {
    const random = this.world.randomStreams.of('bus');
    assertEventsFit(Entries.map(({ Source, DetailType, Detail }) => `${Source}${DetailType}${Detail}`));
    const results = Entries.map(({ Source = '', DetailType = '', Detail = '', EventBusName }, index) => {
      if (isPartial && (index === 0 || random.chance(0.5))) return { ErrorCode: 'InternalFailure', ErrorMessage: 'try again' };
      return { EventId: this.publish(EventBusName, Source, DetailType, Detail) };
    });
    return { FailedEntryCount: results.filter(({ EventId }) => !EventId).length, Entries: results };
  }

  private publish(bus: string | undefined, source: string, type: string, text: string): string {
    const id = `event-${++this.count}`;
    const time = new Date(this.world.clock.now).toISOString();
    const published: PublishedEvent = { id, type, detail: JSON.parse(text) as Detail, text };
    if (published.detail.metadata?.pipeline !== OTHER_PIPELINE) this.published.push(published);
    const envelope = `{"version":"0","id":"${id}","detail-type":"${type}","source":"${source}","time":"${time}","detail":${text}}`;
    const event = { source, 'detail-type': type, 'detail': published.detail };
    for (const rule of this.rules) {
      if (rule.pattern && rule.bus === bus && matchesPattern(rule.pattern, event)) for (const target of rule.targets) this.deliver(envelope, target);
    }
    return id;
  }

  private deliver(envelope: string, { queue: name, deadLetterQueue }: TargetSettings): void {
    const { clock, faults, randomStreams } = this.world;
    const queue = this.queues[name!];
    const site = `bus: ${name}`;
    const random = randomStreams.of(site);
    const fault = faults.at(site);
    if (fault === 'undeliverable') this.queues[deadLetterQueue!]?.send({ MessageBody: envelope, MessageAttributes: UNDELIVERABLE });
    else clock.after(delayOf(fault === 'late', random), () => { queue.send({ MessageBody: envelope }); });
    if (fault === 'duplicate') clock.after(delayOf(true, random), () => { queue.send({ MessageBody: envelope }); });
  }
}

/** The attributes of an event that EventBridge could not deliver, without names of resources. */
const UNDELIVERABLE = { ERROR_CODE: { StringValue: 'SDK_CLIENT_ERROR' }, ERROR_MESSAGE: { StringValue: 'unable to deliver' } };

type Random = ReturnType<World['randomStreams']['of']>;

const delayOf = (isLate: boolean, random: Random): number => 20 + random.below(isLate ? 3_600_000 : random.chance(0.1) ? 20_000 : 500);
