import { parseReplay } from '../../../cli/replay/replay-command-line';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const parse = (line: string) => parseReplay(line.split(' '), NOW);

test('parses every option', () => {
  expect(parse('--stack Shop --region eu-central-1 --profile shop --from 2026-03-01T10:00:00+01:00 --to 30m --rule A --rule B --json')).toEqual({
    command: 'replay',
    location: { stack: 'Shop', region: 'eu-central-1', profile: 'shop' },
    archive: undefined,
    action: { name: 'start', from: new Date('2026-03-01T09:00:00Z'), to: new Date('2026-03-01T11:30:00Z'), rules: ['A', 'B'] },
    json: true,
  });
});

test('--list needs no times and rules', () => {
  expect(parse('--archive my-archive --list')).toMatchObject({ archive: 'my-archive', action: { name: 'list' } });
});

test.each([
  ['--from 2h --to 1h --rule A', 'exactly one of --stack and --archive is required'],
  ['--stack Shop --archive a --list', 'exactly one of --stack and --archive is required'],
  ['--stack Shop --to 1h --rule A', '--from is required: a time such as 2026-11-26T12:00:00Z, or an age such as 2h'],
  ['--stack Shop --from 1h --rule A', '--to is required'],
  ['--stack Shop --from 2026-03-01T10:00:00 --to 1h --rule A', '--from must be a time with its time zone, such as 2026-11-26T12:00:00Z, or an age such as 2h, got 2026-03-01T10:00:00'],
  ['--stack Shop --from 2026-13-01T10:00:00Z --to 1h --rule A', '--from must be a time with its time zone'],
  ['--stack Shop --from 1h --to 2h --rule A', '--from must be earlier than --to, got 1h and 2h'],
  ['--stack Shop --from 1h --to 2026-03-01T12:00:01Z --rule A', '--to must not be in the future, got 2026-03-01T12:00:01Z'],
  ['--stack Shop --list --rule A', '--list cannot be given together with --from, --to and --rule'],
  ['--stack Shop --from 2h --to 1h --rule=', '--rule must not be empty'],
  ['--stack Shop --execute', "Unknown option '--execute'"],
])('fails when the command line is "%s"', (line, message) => {
  expect(() => parse(line)).toThrow(message);
});
