import { parseCommandLine } from '../../cli/command-line';

const parse = (line: string) => parseCommandLine(line.split(' ').filter((word) => word !== ''));

test.each(['', '--help', '-h', 'redrive --help', 'redrive --stack Shop --execute --help', 'replay -h', 'replay-stream -h'])('"%s" requests the help', (line) => {
  expect(parse(line)).toBeUndefined();
});

test('the first argument is the command', () => {
  expect(parse('redrive --stack Shop')!.command).toBe('redrive');
  expect(parse('replay --stack Shop --list')!.command).toBe('replay');
  expect(parse('replay-stream --stack Shop --function f --day 2026-03-01')!.command).toBe('replay-stream');
});

test.each([
  ['drive --stack Shop', 'the command must be one of try, redrive, replay, replay-stream, contracts, erase, console, local, status, orders, files, dead-letters, events, got "drive"'],
  ['--stack Shop', 'the command must be one of try, redrive, replay, replay-stream, contracts, erase, console, local, status, orders, files, dead-letters, events, got ""'],
  ['constructor', 'the command must be one of try, redrive, replay, replay-stream, contracts, erase, console, local, status, orders, files, dead-letters, events, got "constructor"'],
])('fails when the command line is "%s"', (line, message) => {
  expect(() => parse(line)).toThrow(message);
});
