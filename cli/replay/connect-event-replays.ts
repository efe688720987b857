import {
  DescribeArchiveCommand, DescribeReplayCommand, EventBridgeClient, ListReplaysCommand, ListRulesCommand, StartReplayCommand,
  type EventBridgeClientConfig, type Replay as ReplayDescription,
} from '@aws-sdk/client-eventbridge';
import type { EventReplays, Replay } from './event-replays';

/** Creates the client of EventBridge. */
export function connectEventReplays(config: EventBridgeClientConfig): EventReplays {
  const client = new EventBridgeClient(config);
  return {
    async describeArchive(ArchiveName) {
      const { ArchiveArn = '', EventSourceArn = '' } = await client.send(new DescribeArchiveCommand({ ArchiveName }));
      return { name: ArchiveName, arn: ArchiveArn, busArn: EventSourceArn };
    },
    async listRules(EventBusName) {
      const rules = await allPages(async (NextToken) => {
        const page = await client.send(new ListRulesCommand({ EventBusName, NextToken }));
        return [page.Rules ?? [], page.NextToken];
      });
      return rules.filter(({ ManagedBy }) => ManagedBy === undefined).map(({ Name = '', Arn = '' }) => ({ name: Name, arn: Arn }));
    },
    async start({ name, archive, from, to, rules }) {
      await client.send(new StartReplayCommand({
        ReplayName: name,
        EventSourceArn: archive.arn,
        EventStartTime: from,
        EventEndTime: to,
        Destination: { Arn: archive.busArn, FilterArns: rules.map(({ arn }) => arn) },
      }));
    },
    describe: async (ReplayName) => toReplay(await client.send(new DescribeReplayCommand({ ReplayName }))),
    async list(EventSourceArn) {
      const replays = await allPages(async (NextToken) => {
        const page = await client.send(new ListReplaysCommand({ EventSourceArn, NextToken }));
        return [page.Replays ?? [], page.NextToken];
      });
      return replays.sort((one, other) => (other.ReplayStartTime?.getTime() ?? 0) - (one.ReplayStartTime?.getTime() ?? 0)).map(toReplay);
    },
  };
}

async function allPages<Item>(readPage: (token?: string) => Promise<readonly [readonly Item[], string?]>): Promise<Item[]> {
  const items: Item[] = [];
  let token: string | undefined;
  do {
    const [page, next] = await readPage(token);
    items.push(...page);
    token = next;
  } while (token !== undefined);
  return items;
}

const toReplay = ({ ReplayName, State, StateReason, EventStartTime, EventEndTime, EventLastReplayedTime }: ReplayDescription): Replay => ({
  name: ReplayName ?? '', state: State ?? '', stateReason: StateReason, from: EventStartTime, to: EventEndTime, lastReplayedAt: EventLastReplayedTime,
});
