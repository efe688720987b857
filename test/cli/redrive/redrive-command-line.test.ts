import { parseRedrive } from '../../../cli/redrive/redrive-command-line';

const parse = (line: string) => parseRedrive(line.split(' ').slice(1));

test('without options, requests a dry run of all queues', () => {
  const { location, request, json } = parse('redrive --stack Shop')!;

  expect(location).toEqual({ stack: 'Shop' });
  expect(JSON.parse(JSON.stringify(request))).toEqual({ action: 'redrive', dryRun: true });
  expect(json).toBe(false);
});

test('parses every option', () => {
  const { location, request, json } = parse(
    'redrive --function orders-redrive --region eu-central-1 --profile shop --queue processing --order order-1 --error=NO_PERMISSIONS '
    + '--older-than 2h --newer-than 3d --limit 50 --max-per-second 5 --execute --json',
  )!;

  expect(location).toEqual({ functionName: 'orders-redrive', region: 'eu-central-1', profile: 'shop' });
  expect(request).toEqual({
    action: 'redrive', dryRun: false, queue: 'processing', orderId: 'order-1', error: 'NO_PERMISSIONS', olderThan: 7200, newerThan: 259_200, limit: 50, maxPerSecond: 5,
  });
  expect(json).toBe(true);
});

test('--list requests a list', () => {
  expect(parse('redrive --stack Shop --list')!.request).toMatchObject({ action: 'list', dryRun: true });
});

test.each([
  ['redrive', 'exactly one of --stack and --function is required'],
  ['redrive --stack Shop --function f', 'exactly one of --stack and --function is required'],
  ['redrive Shop', 'unexpected argument "Shop": every value must follow an option'],
  ['redrive --stack Shop --list --execute', '--list and --execute cannot be given together'],
  ['redrive --stack Shop --exceute', "Unknown option '--exceute'"],
  ['redrive --stack Shop --order', "Option '--order <value>' argument missing"],
  ['redrive --stack Shop --order=', '--order must not be empty'],
  ['redrive --stack Shop --execute=yes', "Option '--execute' does not take an argument"],
  ['redrive --stack Shop --older-than 2', '--older-than must be an age such as 90s, 30m, 2h or 3d, got 2'],
  ['redrive --stack Shop --newer-than yesterday', '--newer-than must be an age such as 90s, 30m, 2h or 3d, got yesterday'],
  ['redrive --stack Shop --limit 0', '--limit must be a number between 1 and 1000000, got 0'],
  ['redrive --stack Shop --limit 1e3', '--limit must be a number between 1 and 1000000, got 1e3'],
  ['redrive --stack Shop --max-per-second 1001', '--max-per-second must be a number between 1 and 1000, got 1001'],
])('fails when the command line is "%s"', (line, message) => {
  expect(() => parse(line)).toThrow(message);
});
