import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { shrink } from './shrink';

/** Runs the simulation in a process of its own: its handlers have another clock, and jest has other globals. */
function run(...args: string[]): { readonly status: number | null; readonly lines: string[] } {
  const { status, stdout } = spawnSync(process.execPath, ['--require', 'ts-node/register/transpile-only', join(__dirname, 'run.ts'), ...args], {
    encoding: 'utf8', cwd: join(__dirname, '../..'), env: { ...process.env, TS_NODE_PROJECT: 'tsconfig.dev.json' }, maxBuffer: 64 * 1024 * 1024,
  });
  return { status, lines: stdout.trim().split('\n') };
}

describe('the simulation', () => {
  test('repeats a run bit for bit when the seed is the same', () => {
    const first = run('--seed', '7');
    expect(first.lines.length).toBeGreaterThan(100);
    expect(first.lines.at(-1)).toMatch(/^seed 7: 0 violations, trace [0-9a-f]{8}$/);
    expect(run('--seed', '7').lines).toEqual(first.lines);
  }, 60_000);

  test('differs between seeds', () => {
    expect(run('--seed', '8').lines.at(-1)?.slice(-8)).not.toBe(run('--seed', '9').lines.at(-1)?.slice(-8));
  }, 60_000);

  test('finds no violation, whatever faults happen', () => {
    const { status, lines } = run('--seeds', '100');
    expect(lines.at(-1)).toMatch(/^100 seeds from 0 on, \d+ faults met, 0 failed/);
    expect(status).toBe(0);
  }, 120_000);
});

describe('the shrinker', () => {
  const list = Array.from({ length: 40 }, (_, index) => index);

  test('finds the two of forty faults that break an invariant together', async () => {
    let tries = 0;
    const shortest = await shrink(list, async (part) => {
      tries++;
      return part.includes(3) && part.includes(31);
    });
    expect(shortest).toEqual([3, 31]);
    expect(tries).toBeLessThan(80);
  });

  test('removes all faults if none is needed', async () => {
    expect(await shrink(list, async () => true)).toEqual([]);
  });

  test('keeps a list of which every element is needed', async () => {
    expect(await shrink([1, 2, 3], async (part) => part.length === 3)).toEqual([1, 2, 3]);
  });
});
