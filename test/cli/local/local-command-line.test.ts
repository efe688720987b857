import { parseLocal } from '../../../cli/local/local-command-line';

test('everything after -- is the command', () => {
  expect(parseLocal(['--', 'npx', 'cdk', 'deploy', '--stop', '--', '--all'])).toEqual({
    command: 'local', action: 'run', program: ['npx', 'cdk', 'deploy', '--stop', '--', '--all'],
  });
});

test('--endpoint selects a local AWS that is running', () => {
  expect(parseLocal(['--endpoint', 'http://localhost:4566/', '--', 'ls'])).toMatchObject({ action: 'run', endpoint: 'http://localhost:4566', program: ['ls'] });
});

test('--stop stops it', () => {
  expect(parseLocal(['--stop'])).toEqual({ command: 'local', action: 'stop' });
});

test('--help requests the help, and after -- it is that of the command', () => {
  expect(parseLocal(['--help'])).toBeUndefined();
  expect(parseLocal(['--', 'ls', '--help'])).toMatchObject({ program: ['ls', '--help'] });
});

test.each([
  [[], 'a command is required after "--", such as in "cdk-order-pipeline local -- npx cdk deploy"'],
  [['--'], 'a command is required after "--"'],
  [['npx', 'cdk', 'deploy'], 'unexpected argument "npx"'],
  [['--stop', '--', 'ls'], '--stop cannot be given together with --endpoint or a command'],
  [['--stop', '--endpoint', 'http://127.0.0.1:4566'], '--stop cannot be given together with --endpoint or a command'],
  [['--port', '1', '--', 'ls'], "Unknown option '--port'"],
  [['--endpoint', 'https://127.0.0.1:4566', '--', 'ls'], '--endpoint must be an http URL of this machine, such as http://127.0.0.1:4566, got https://127.0.0.1:4566'],
  [['--endpoint', 'http://sqs.eu-central-1.amazonaws.com', '--', 'ls'], '--endpoint must be an http URL of this machine'],
  [['--endpoint', 'http://127.0.0.1@example.com', '--', 'ls'], '--endpoint must be an http URL of this machine'],
  [['--endpoint', 'http://127.0.0.1.example.com', '--', 'ls'], '--endpoint must be an http URL of this machine'],
  [['--endpoint', '4566', '--', 'ls'], '--endpoint must be an http URL of this machine'],
])('fails when the arguments are %j', (args, message) => {
  expect(() => parseLocal(args)).toThrow(message);
});
