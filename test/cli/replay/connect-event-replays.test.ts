import {
  DescribeArchiveCommand, DescribeReplayCommand, EventBridgeClient, ListReplaysCommand, ListRulesCommand, StartReplayCommand,
} from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { connectEventReplays } from '../../../cli/replay/connect-event-replays';

const eventBridge = mockClient(EventBridgeClient);
beforeEach(() => {
  eventBridge.reset();
});
const replays = connectEventReplays({ region: 'eu-central-1' });
const [FROM, TO] = [new Date(1_000_000), new Date(2_000_000)];

test('reads the bus of an archive', async () => {
  eventBridge.on(DescribeArchiveCommand, { ArchiveName: 'a' }).resolves({ ArchiveArn: 'arn:archive', EventSourceArn: 'arn:bus' });
  expect(await replays.describeArchive('a')).toEqual({ name: 'a', arn: 'arn:archive', busArn: 'arn:bus' });
});

test('reads all pages of the rules of a bus, without those of AWS services, such as the archive\'s own', async () => {
  eventBridge.on(ListRulesCommand, { EventBusName: 'arn:bus', NextToken: undefined })
    .resolves({ Rules: [{ Name: 'A', Arn: 'arn:A' }, { Name: 'Events-Archive-a', Arn: 'arn:x', ManagedBy: 'prod.vhs.events.aws.internal' }], NextToken: 'more' });
  eventBridge.on(ListRulesCommand, { EventBusName: 'arn:bus', NextToken: 'more' }).resolves({ Rules: [{ Name: 'B', Arn: 'arn:B' }] });
  expect(await replays.listRules('arn:bus')).toEqual([{ name: 'A', arn: 'arn:A' }, { name: 'B', arn: 'arn:B' }]);
});

test('starts a replay that is limited to rules', async () => {
  eventBridge.on(StartReplayCommand).resolves({});
  await replays.start({ name: 'r', archive: { name: 'a', arn: 'arn:archive', busArn: 'arn:bus' }, from: FROM, to: TO, rules: [{ name: 'A', arn: 'arn:A' }] });
  expect(eventBridge.commandCalls(StartReplayCommand)[0].args[0].input).toEqual({
    ReplayName: 'r', EventSourceArn: 'arn:archive', EventStartTime: FROM, EventEndTime: TO, Destination: { Arn: 'arn:bus', FilterArns: ['arn:A'] },
  });
});

test('reads a replay', async () => {
  eventBridge.on(DescribeReplayCommand, { ReplayName: 'r' }).resolves({ ReplayName: 'r', State: 'RUNNING', EventStartTime: FROM, EventEndTime: TO, EventLastReplayedTime: FROM });
  expect(await replays.describe('r')).toEqual({ name: 'r', state: 'RUNNING', from: FROM, to: TO, lastReplayedAt: FROM });
});

test('lists the replays of an archive, the newest first', async () => {
  eventBridge.on(ListReplaysCommand, { EventSourceArn: 'arn:archive' }).resolves({ Replays: [{ ReplayName: 'old', ReplayStartTime: FROM }, { ReplayName: 'new', ReplayStartTime: TO }] });
  expect((await replays.list('arn:archive')).map(({ name }) => name)).toEqual(['new', 'old']);
});
