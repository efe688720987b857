import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { LAYER } from '../../../scripts/handler-options';
import { HANDLER_ENV } from '../../../src/private/contract';

const MEASURE = 'const started = performance.now(); require(process.argv[1]); console.log(performance.now() - started);';

/** A value for a variable, as some handlers parse it at cold start. */
function valueOf(name: string): string {
  if (/_(URLS|ENDPOINTS)$/.test(name)) return '[]';
  return /_(URL|ENDPOINT)$/.test(name) ? 'https://example.com/orders' : '{}';
}

/** All variables of all handlers. */
const VARIABLES = Object.fromEntries(Object.values(HANDLER_ENV).flat().map((name) => [name, valueOf(name)]));

/** The time to load a module in a fresh process, in milliseconds. */
export function loadTime(file: string): number {
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', MEASURE, resolve(file)], {
    encoding: 'utf8',
    env: {
      ...VARIABLES,
      NODE_PATH: resolve(LAYER),
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      POWERTOOLS_SERVICE_NAME: 'bench',
      POWERTOOLS_METRICS_NAMESPACE: 'bench',
    },
  });
  const time = Number(stdout);
  if (!(time > 0)) throw new Error(`${file} does not load: ${stderr.slice(-500)}`);
  return time;
}
