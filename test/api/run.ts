/**
 * Sends requests that are generated from the OpenAPI documents to deployed pipelines, and checks every response against them, with schemathesis:
 * the standard model and a model of an app. `--max-time SECONDS` limits each (60 by default), `--seed N` repeats a run.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { contractFiles } from '../../src/private/contracts/contract-files';
import { DEFAULT_API } from '../../src/private/contracts/openapi';
import { describeModel } from '../../src/private/order-model/describe-model';
import { STANDARD_MODEL, type LoadedModel } from '../../src/private/order-model/load-model';
import { deployExample } from '../support/deploy-example';
import { startLocalAws } from '../support/local-aws';
import { flowers } from '../support/order-models';
import { OrdersApi } from '../support/orders-api';
import { installPythonTool, LOCAL_DIR } from '../support/python-tool';

const { values } = parseArgs({ options: { 'max-time': { type: 'string', default: '60' }, 'seed': { type: 'string' } } });

/** The examples to test, and their models. */
const APIS: readonly { readonly example: string; readonly stack: string; readonly model: LoadedModel }[] = [
  { example: 'full', stack: 'FullOrders', model: STANDARD_MODEL },
  { example: 'own-order-model', stack: 'FlowerOrders', model: { schema: flowers.schema, description: describeModel(flowers.schema, flowers.pointers) } },
];

/** Responses without a server error, with a documented status and media type, headers and body as documented. */
const CHECKS = ['not_a_server_error', 'status_code_conformance', 'content_type_conformance', 'response_headers_conformance', 'response_schema_conformance'];

async function testApi({ example, stack, model }: (typeof APIS)[number], command: string): Promise<boolean> {
  const local = await startLocalAws();
  try {
    const api = await OrdersApi.of(local, await deployExample(example, stack, local));
    const folder = join(LOCAL_DIR, 'api');
    mkdirSync(folder, { recursive: true });
    const document = join(folder, `${example}.json`);
    writeFileSync(document, JSON.stringify(contractFiles(model, { title: stack, ...DEFAULT_API })['openapi.json']));
    const { status } = spawnSync(command, [
      'run', document, '--url', api.url, '-H', `x-api-key: ${api.apiKey}`, '--checks', CHECKS.join(','), '--phases', 'examples,coverage,fuzzing',
      '--max-time', values['max-time'], '--request-timeout', '30', '--suppress-health-check', 'all', '--warnings', 'off', '--continue-on-failure',
      ...(values.seed === undefined ? [] : ['--seed', values.seed]),
    ], { stdio: 'inherit', cwd: folder });
    return status === 0;
  } finally {
    await local.stop();
  }
}

async function main(): Promise<void> {
  const command = await installPythonTool('schemathesis');
  if (command === undefined) throw new Error('schemathesis needs Python 3.10 or newer with the venv module');
  for (const api of APIS) if (!await testApi(api, command)) process.exitCode = 1;
}

void main();
