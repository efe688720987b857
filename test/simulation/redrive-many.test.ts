import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Runs the simulation in a process of its own: its handlers have another clock, and jest has other globals. */
test('a redrive by the command line that is interrupted twice, while an invocation crashes, loses and doubles nothing and keeps the order of each group', () => {
  const { status, stdout } = spawnSync(process.execPath, ['--require', 'ts-node/register/transpile-only', join(__dirname, 'run.ts'), '--redrive', '2000'], {
    encoding: 'utf8', cwd: join(__dirname, '../..'), env: { ...process.env, TS_NODE_PROJECT: 'tsconfig.dev.json' },
  });
  const lines = stdout.trim().split('\n');

  expect(lines.map((line) => line.split(':')[0].replace(/\d+ seconds$/, ''))).toEqual([
    'interrupted', 'interrupted', 'complete', expect.stringMatching(/^2000 messages, 3 commands, \d+ OrderRedriven events, 0 violations, $/),
  ]);
  expect(lines[2]).toContain(', 0 left, ');
  expect(Number(/(\d+) OrderRedriven/.exec(lines[3])![1])).toBeLessThan(1300);
  expect(status).toBe(0);
}, 120_000);
