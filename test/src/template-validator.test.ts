import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../cli/local/system/run-program';

const output = mkdtempSync(join(tmpdir(), 'cdk-order-pipeline-'));
afterAll(() => rmSync(output, { recursive: true, force: true }));

test("the minimal example passes the CDK's template validator without a word", async () => {
  const { CDK_VALIDATION, ...env } = process.env;
  const printed = await run(process.execPath, ['app.js'], {
    cwd: join(__dirname, '..', '..', 'examples', 'minimal'),
    env: { ...env, CDK_VALIDATION: 'true', CDK_OUTDIR: output },
  });
  expect(printed).toBe('');
  expect(JSON.parse(readFileSync(join(output, 'validation-report.json'), 'utf8')).pluginReports).toEqual([]);
}, 60_000);
