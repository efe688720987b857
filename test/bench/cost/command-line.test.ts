import { readCommandLine } from './command-line';

test('has defaults', () => {
  expect(readCommandLine([])).toMatchObject({
    ordersPerMonth: 1_000_000, fileShare: 0, isBatched: false, orderBytes: 1057, ordersPerFile: 1000, months: 12, isJson: false,
  });
});

test('reads all options', () => {
  const args = '--orders-per-month 5 --file-share 0.3 --no-history --http --batched --months 2 --order-bytes 2000 --orders-per-file 10 --json';
  expect(readCommandLine(args.split(' '))).toMatchObject({
    ordersPerMonth: 5, fileShare: 0.3, hasHistory: false, isHttp: true, isBatched: true, months: 2, orderBytes: 2000, ordersPerFile: 10, isJson: true,
  });
});

test.each([
  ['--file-share 1.5', '--file-share must be a number from 0 to 1; got 1.5.'],
  ['--file-share -0.1', '--file-share'],
  ['--file-share half', '--file-share must be a number from 0 to 1; got half.'],
  ['--orders-per-month=', '--orders-per-month must be a number from 0 to 1000000000000; got .'],
  ['--months 0', '--months must be a number from 1 to 1200; got 0.'],
  ['--months 1.5', '--months must be an integer; got 1.5.'],
  ['--orders 5', '--orders'],
  ['--pipeline Orders', '--pipeline names a pipeline of a template: add --template.'],
  ['--template shop.json --http', '--history and --http are props of the minimal example'],
  ['--template shop.json --no-history', '--history and --http are props of the minimal example'],
])('refuses %s', (args, message) => {
  expect(() => readCommandLine(args.split(' '))).toThrow(message);
});
