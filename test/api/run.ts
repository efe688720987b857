/**
 * Sends requests that are generated from the OpenAPI documents to deployed pipelines, and checks every response against them, with schemathesis: a REST API
 * with API keys, a model of an app, and an HTTP API with JWTs. `--max-time SECONDS` limits each (60 by default), `--seed N` repeats a run, `--only NAME`
 * selects one of rest, own-order-model and http.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { TESTED_APIS, type TestedApi } from './tested-apis';
import { deployExample } from '../support/deploy-example';
import { startLocalAws } from '../support/local-aws';
import { installPythonTool, LOCAL_DIR } from '../support/python-tool';

const { values } = parseArgs({ options: { 'max-time': { type: 'string', default: '60' }, 'seed': { type: 'string' }, 'only': { type: 'string' } } });

/** Responses without a server error, with a documented status and media type, headers and body as documented, and with CORS headers. */
const CHECKS = [
  'not_a_server_error', 'status_code_conformance', 'content_type_conformance', 'response_headers_conformance', 'response_schema_conformance', 'cors_headers',
];

async function testApi({ name, app, stack, origin, document, client }: TestedApi, command: string): Promise<boolean> {
  const local = await startLocalAws();
  try {
    const api = await client(local, await deployExample(app, stack, local));
    const { status: authenticated } = await api.request('/orders?status=CONFIRMED', {});
    if (authenticated !== 200) throw new Error(`the credentials for ${name} are not accepted: ${authenticated}`);
    const folder = join(LOCAL_DIR, 'api');
    mkdirSync(folder, { recursive: true });
    const path = join(folder, `${name}.json`);
    writeFileSync(path, JSON.stringify(document(local)));
    const headers = { ...api.credentials, ...(origin === undefined ? {} : { Origin: origin }) };
    const { status } = spawnSync(command, [
      'run', path, '--url', api.url, ...Object.entries(headers).flatMap(([header, value]) => ['-H', `${header}: ${value}`]),
      '--checks', CHECKS.join(','), '--phases', 'examples,coverage,fuzzing',
      '--max-time', values['max-time'], '--request-timeout', '30', '--suppress-health-check', 'all', '--warnings', 'off', '--continue-on-failure',
      ...(values.seed === undefined ? [] : ['--seed', values.seed]),
    ], {
      stdio: 'inherit', cwd: folder, env: { ...process.env, SCHEMATHESIS_HOOKS: 'hooks', PYTHONPATH: __dirname, ...(origin === undefined ? {} : { ORIGIN: origin }) },
    });
    return status === 0;
  } finally {
    await local.stop();
  }
}

async function main(): Promise<void> {
  const command = await installPythonTool('schemathesis');
  const apis = TESTED_APIS.filter(({ name }) => values.only === undefined || name === values.only);
  if (apis.length === 0) throw new Error(`--only must be one of ${TESTED_APIS.map(({ name }) => name).join(', ')}, got ${values.only}`);
  for (const api of apis) if (!await testApi(api, command)) process.exitCode = 1;
}

void main();
