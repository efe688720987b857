import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { run } from '../../cli/local/system/run-program';
import { devDependencies, peerDependencies } from '../../package.json';
import { HANDLER_RUNTIME } from '../../src/private/order-model-layer';
import type { SynthReport } from '../support/synth-report';

const ROOT = join(__dirname, '..', '..');
const TS_NODE = [require.resolve('ts-node/dist/bin'), '-T', '-P', 'tsconfig.dev.json'];
const FLOOR = ['-r', './test/support/use-cdk-alias.ts'];

/** Synthesizes with a version of CDK, in a process of its own. Fails when anything that CDK calls deprecated is used. */
async function reportOf(version: readonly string[], flags: readonly string[]): Promise<SynthReport> {
  const output = await run(process.execPath, [...TS_NODE, ...version, 'test/support/synth-report.ts', ...flags], {
    cwd: ROOT, env: { ...process.env, CDK_VALIDATION: 'false', JSII_DEPRECATED: 'fail' },
  });
  // After the warnings about the size of the stack.
  return JSON.parse(output.trim().split('\n').at(-1)!);
}

test.each(['aws-cdk-lib', 'constructs'] as const)('the oldest %s that is tested is the oldest that the package allows', (name) => {
  expect(devDependencies[`${name}-floor`]).toBe(`npm:${name}@${peerDependencies[name].replace('^', '')}`);
});

describe.each<[string, string[]]>([['without feature flags', []], ['with the feature flags that CDK recommends', ['--flags']]])('%s', (_, flags) => {
  let newest: SynthReport;
  let floor: SynthReport;
  beforeAll(async () => {
    newest = await reportOf([], flags);
    floor = await reportOf(FLOOR, flags);
  }, 240_000);

  test('the two versions of aws-cdk-lib are the oldest that the package allows and the newest that was tried', () => {
    expect([floor.version, newest.version]).toEqual([peerDependencies['aws-cdk-lib'].replace('^', ''), devDependencies['aws-cdk-lib']]);
  });

  test.each(['minimal', 'everything', 'http', 'workflow'] as const)('the oldest aws-cdk-lib makes a pipeline of the same resources as the newest: %s', (pipeline) => {
    expect(Object.keys(floor[pipeline]).length).toBeGreaterThan(10);
    expect(floor[pipeline]).toEqual(newest[pipeline]);
  });
});

test('the library uses nothing that the oldest aws-cdk-lib does not have', async () => {
  const config = join(ROOT, `tsconfig.floor-${process.pid}.json`);
  const paths = Object.fromEntries(['aws-cdk-lib', 'constructs'].flatMap((name) =>
    [[name, [`./node_modules/${name}-floor`]], [`${name}/*`, [`./node_modules/${name}-floor/*`]]]));
  writeFileSync(config, JSON.stringify({ extends: './tsconfig.json', compilerOptions: { noEmit: true, paths }, include: ['src/**/*.ts'] }));
  try {
    await run(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', config], { cwd: ROOT });
  } finally {
    rmSync(config);
  }
}, 240_000);

test('the runtime of the handlers, which the oldest aws-cdk-lib does not have, is that of the newest', () => {
  expect(HANDLER_RUNTIME.runtimeEquals(Runtime.NODEJS_24_X)).toBe(true);
});
