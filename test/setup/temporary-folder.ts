import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Before all tests: gives them one folder for temporary files, such as the thousands of cloud assemblies of CDK. */
export default function setup(): void {
  process.env.TMPDIR = mkdtempSync(join(tmpdir(), 'cdk-order-pipeline-'));
}

/** After all tests: removes it. */
export const removeTemporaryFolder = (): void => rmSync(process.env.TMPDIR!, { recursive: true, force: true });
