import { join } from 'node:path';
import { peerDependencies } from '../../package.json';
import { run } from '../support/run';
import { synthReport, type SynthReport } from '../support/synth-report';

const ROOT = join(__dirname, '..', '..');
const newest = synthReport();
let floor: SynthReport;

beforeAll(async () => {
  const tsNode = [require.resolve('ts-node/dist/bin'), '-T', '-P', 'tsconfig.dev.json'];
  floor = JSON.parse(await run(process.execPath, [...tsNode, '-r', './test/support/use-cdk-floor.ts', 'test/support/synth-report.ts'], {
    cwd: ROOT, env: { ...process.env, CDK_VALIDATION: 'false', JSII_DEPRECATED: 'quiet' },
  }));
}, 60_000);

test('the oldest aws-cdk-lib that is tested is the oldest that the package allows', () => {
  expect(`^${floor.version}`).toBe(peerDependencies['aws-cdk-lib']);
  expect(newest.version).not.toBe(floor.version);
});

test.each(['minimal', 'everything', 'http', 'workflow'] as const)('the oldest aws-cdk-lib makes a pipeline of the same resources as the newest: %s', (pipeline) => {
  expect(floor[pipeline]).toEqual(newest[pipeline]);
});
