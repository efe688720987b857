import * as apiGateway from '@aws-sdk/client-api-gateway';
import * as connections from '@aws-sdk/client-apigatewaymanagementapi';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as eventBridge from '@aws-sdk/client-eventbridge';
import * as kinesis from '@aws-sdk/client-kinesis';
import * as s3 from '@aws-sdk/client-s3';
import * as scheduler from '@aws-sdk/client-scheduler';
import * as secretsManager from '@aws-sdk/client-secrets-manager';
import * as sfn from '@aws-sdk/client-sfn';
import * as sns from '@aws-sdk/client-sns';
import * as sqs from '@aws-sdk/client-sqs';
import * as ssm from '@aws-sdk/client-ssm';
import * as libDynamodb from '@aws-sdk/lib-dynamodb';
import * as libStorage from '@aws-sdk/lib-storage';
import type { EnvName } from '../../src/private/contract';

/** Modules that a test shares with the handlers it loads, so that client mocks and `instanceof` checks of errors work. */
const SHARED_MODULES = {
  '@aws-sdk/client-api-gateway': apiGateway,
  '@aws-sdk/client-apigatewaymanagementapi': connections,
  '@aws-sdk/client-dynamodb': dynamodb,
  '@aws-sdk/client-eventbridge': eventBridge,
  '@aws-sdk/client-kinesis': kinesis,
  '@aws-sdk/client-s3': s3,
  '@aws-sdk/client-scheduler': scheduler,
  '@aws-sdk/client-sfn': sfn,
  '@aws-sdk/client-secrets-manager': secretsManager,
  '@aws-sdk/client-sns': sns,
  '@aws-sdk/client-sqs': sqs,
  '@aws-sdk/client-ssm': ssm,
  '@aws-sdk/lib-dynamodb': libDynamodb,
  '@aws-sdk/lib-storage': libStorage,
};

/** Loads a new instance of a handler with other environment variables, which handlers read when they are loaded. */
export function loadHandler<Module extends object>(file: string, env: Partial<Record<EnvName, string>>): Module {
  const before = { ...process.env };
  Object.assign(process.env, env);
  let loaded: Module;
  jest.isolateModules(() => {
    for (const [name, module] of Object.entries(SHARED_MODULES)) jest.doMock(name, () => module);
    loaded = jest.requireActual<Module>(`../../handlers/${file}`);
  });
  for (const name of Object.keys(env)) {
    if (before[name] === undefined) delete process.env[name];
    else process.env[name] = before[name];
  }
  return loaded!;
}
