import { parseTry } from '../../../cli/try/try-command-line';

test('parses every option', () => {
  expect(parseTry([
    '--stack', 'Shop', '--pipeline', 'Web', '--order', 'order.json', '--header', 'Authorization: Bearer abc', '--header', 'x-shop:7', '--timeout', '2m',
    '--region', 'eu-central-1', '--profile', 'shop',
  ])).toEqual({
    command: 'try',
    location: { stack: 'Shop', region: 'eu-central-1', profile: 'shop' },
    pipeline: 'Web',
    url: undefined,
    order: 'order.json',
    headers: [{ name: 'Authorization', value: 'Bearer abc', variable: 'authorization' }, { name: 'x-shop', value: '7', variable: 'x_shop' }],
    timeout: 120,
  });
});

test.each([['https://orders.example.com/', 'https://orders.example.com'], ['http://127.0.0.1:4566/a/prod', 'http://127.0.0.1:4566/a/prod']])('the URL %s is %s', (url, parsed) => {
  expect(parseTry(['--url', url])).toMatchObject({ url: parsed, timeout: 60, headers: [] });
});

test.each<[string[], string]>([
  [[], 'exactly one of --stack and --url is required'],
  [['--stack', 'Shop', '--url', 'https://orders.example.com'], 'exactly one of --stack and --url is required'],
  [['--url', 'https://orders.example.com', '--pipeline', 'Web'], '--pipeline needs --stack'],
  [['--url', 'orders.example.com'], '--url must be the URL of an API, such as https://orders.example.com, got orders.example.com'],
  [['--url', 'https://orders.example.com?x=1'], '--url must be the URL of an API'],
  [['--url', 'https://orders.example.com:x'], '--url must be the URL of an API'],
  [['--stack', 'Shop', '--header', 'Bearer abc'], "--header must be a name and a value, such as 'Authorization: Bearer …'"],
  [['--stack', 'Shop', '--header', 'A: b\nC: d'], '--header must be a name and a value'],
  [['--stack', 'Shop', '--timeout', '0s'], '--timeout must be a duration such as 30s or 5m, got 0s'],
  [['--stack', 'Shop', '--timeout', 'soon'], '--timeout must be a duration such as 30s or 5m, got soon'],
  [['--stack', 'Shop', '--order='], '--order must not be empty'],
  [['--stack', 'Shop', '--list'], "Unknown option '--list'"],
])('fails when the arguments are %j', (args, message) => {
  expect(() => parseTry(args)).toThrow(message);
});

test('an error does not contain the credentials of a header', () => {
  expect(() => parseTry(['--stack', 'Shop', '--header', 'secret'])).toThrow(/^(?!.*secret)/);
});
