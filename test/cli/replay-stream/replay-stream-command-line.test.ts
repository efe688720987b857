import { parseReplayStream } from '../../../cli/replay-stream/replay-stream-command-line';

const parse = (line: string) => parseReplayStream(line.split(' '));

test('parses every option', () => {
  expect(parse('--stack Shop --region eu-central-1 --profile shop --function fraud --day 2026-03-02 --day 2026-03-01 --day 2026-03-01 '
    + '--prefix shop/ --order o-1 --tenant acme --type OrderConfirmed --type OrderChanged --start-after a/b --execute')).toEqual({
    command: 'replay-stream',
    location: { stack: 'Shop', functionName: 'fraud', region: 'eu-central-1', profile: 'shop' },
    bucket: undefined,
    prefix: 'shop/',
    days: ['2026-03-01', '2026-03-02'],
    selection: { order: 'o-1', tenant: 'acme', types: ['OrderConfirmed', 'OrderChanged'] },
    startAfter: 'a/b',
    execute: true,
  });
});

test('shows only what would be replayed by default, of all events', () => {
  expect(parse('--bucket lake --function fraud --day 2028-02-29')).toMatchObject({
    bucket: 'lake', prefix: '', days: ['2028-02-29'], selection: { order: undefined, tenant: undefined, types: undefined }, execute: false,
  });
});

test.each([
  ['--function f --day 2026-03-01', 'exactly one of --stack and --bucket is required'],
  ['--stack Shop --bucket lake --function f --day 2026-03-01', 'exactly one of --stack and --bucket is required'],
  ['--stack Shop --day 2026-03-01', '--function is required: the function that receives the events, by name or ARN'],
  ['--stack Shop --function f', '--day is required: a day in UTC on which events arrived, such as 2026-11-26'],
  ['--stack Shop --function f --day 2026-03-01T00:00:00Z', '--day must be a day such as 2026-11-26, got 2026-03-01T00:00:00Z'],
  ['--stack Shop --function f --day 2026-02-30', '--day must be a day such as 2026-11-26, got 2026-02-30'],
  ['--stack Shop --function f --day 2026-13-01', '--day must be a day such as 2026-11-26, got 2026-13-01'],
  ['--bucket lake --prefix shop --function f --day 2026-03-01', '--prefix must end with a slash, got shop'],
  ['--stack Shop --function= --day 2026-03-01', '--function must not be empty'],
  ['--stack Shop --function f --day 2026-03-01 --json', "Unknown option '--json'"],
])('fails when the command line is "%s"', (line, message) => {
  expect(() => parse(line)).toThrow(message);
});
