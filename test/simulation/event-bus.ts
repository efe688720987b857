import type { PutEventsCommandInput } from '@aws-sdk/client-eventbridge';
import { assertEventsFit } from './limits';
import type { World } from './network';
import type { StandardQueue } from './queue';
import { RULES, type Detail, type PublishedEvent } from './rules';

/** The bus, and the rules that bring events from it into queues: at least once, and in any order. */
export class EventBus {
  /** Everything that it took. */
  readonly published: PublishedEvent[] = [];

  constructor(private readonly world: World, private readonly queues: Record<string, StandardQueue>) {}

  putEvents({ Entries = [] }: PutEventsCommandInput, isPartial = false) {
    const random = this.world.chances.of('bus');
    assertEventsFit(Entries.map(({ Source, DetailType, Detail }) => `${Source}${DetailType}${Detail}`));
    const answers = Entries.map(({ Source = '', DetailType = '', Detail = '' }, index) => {
      if (isPartial && (index === 0 || random.chance(0.5))) return { ErrorCode: 'InternalFailure', ErrorMessage: 'try again' };
      return { EventId: this.say(Source, DetailType, Detail) };
    });
    return { FailedEntryCount: answers.filter(({ EventId }) => !EventId).length, Entries: answers };
  }

  private say(source: string, type: string, text: string): string {
    const id = `event-${this.published.length + 1}`;
    const time = new Date(this.world.clock.now).toISOString();
    const published: PublishedEvent = { id, type, detail: JSON.parse(text) as Detail, text };
    this.published.push(published);
    const envelope = `{"version":"0","id":"${id}","detail-type":"${type}","source":"${source}","time":"${time}","detail":${text}}`;
    for (const { queue, matches } of RULES) if (matches(published)) this.deliver(envelope, queue);
    return id;
  }

  private deliver(envelope: string, queue: string): void {
    const { clock, faults, chances } = this.world;
    const site = `bus: ${queue}`;
    const random = chances.of(site);
    const fault = faults.at(site);
    if (fault === 'undeliverable') this.queues[queue].deadLetters!.send({ MessageBody: envelope, MessageAttributes: UNDELIVERABLE });
    else clock.after(delayOf(fault === 'late', random), () => { this.queues[queue].send({ MessageBody: envelope }); });
    if (fault === 'duplicate') clock.after(delayOf(true, random), () => { this.queues[queue].send({ MessageBody: envelope }); });
  }
}

/** What EventBridge writes on an event that it could not deliver, besides names of resources. */
const UNDELIVERABLE = { ERROR_CODE: { StringValue: 'SDK_CLIENT_ERROR' }, ERROR_MESSAGE: { StringValue: 'unable to deliver' } };

type Random = ReturnType<World['chances']['of']>;

const delayOf = (isLate: boolean, random: Random): number => 20 + random.below(isLate ? 3_600_000 : random.chance(0.1) ? 20_000 : 500);
