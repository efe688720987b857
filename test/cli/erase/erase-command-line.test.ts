import { parseErase } from '../../../cli/erase/erase-command-line';

const parse = (line: string) => parseErase(line.split(' '));

test('parses a command line', () => {
  expect(parse('--stack Shop --customer anna --tenant acme --pipeline Orders --field /a/b --field /c/*/d --delete-files --execute --json --region eu-central-1')).toEqual({
    command: 'erase',
    location: { stack: 'Shop', region: 'eu-central-1', profile: undefined },
    pipeline: 'Orders',
    customerId: 'anna',
    tenant: 'acme',
    fields: ['/a/b', '/c/*/d'],
    deletesFiles: true,
    skipsFiles: false,
    execute: true,
    json: true,
  });
});

test('it is a dry run by default', () => {
  expect(parse('--stack Shop --customer anna')).toMatchObject({ execute: false, deletesFiles: false, fields: [] });
});

test('--help requests the help', () => {
  expect(parse('--help')).toBeUndefined();
});

test.each([
  ['--customer anna', '--stack is required'],
  ['--stack Shop', '--customer is required'],
  ['--stack Shop --customer anna --delete-files --skip-files', '--delete-files and --skip-files cannot be given together'],
  ['--stack Shop --customer anna --field name', '--field must be a JSON Pointer to a field, such as /buyer/name or /lines/*/note, got name'],
  ['--stack Shop --customer=', '--customer must not be empty'],
  ['--stack Shop --customer anna now', 'unexpected argument "now"'],
])('fails for %s', (line, message) => {
  expect(() => parse(line)).toThrow(message);
});
