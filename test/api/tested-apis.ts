import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contractFiles } from '../../src/private/contracts/contract-files';
import { DEFAULT_API } from '../../src/private/contracts/openapi';
import { describeModel } from '../../src/private/order-model/describe-model';
import { STANDARD_MODEL, type LoadedModel } from '../../src/private/order-model/load-model';
import { CognitoUsers } from '../support/cognito-users';
import type { LocalAws } from '../support/local-aws';
import { flowers } from '../support/order-models';
import { OrdersApi } from '../support/orders-api';
import { LOCAL_DIR } from '../support/python-tool';

/** An app to deploy, and how to call its API. */
export interface TestedApi {
  readonly name: string;
  /** An example, or the path of an app. */
  readonly app: string;
  readonly stack: string;
  /** The origin of a page that may read responses. */
  readonly origin?: string;
  document(local: LocalAws): object;
  client(local: LocalAws, outputs: Record<string, string>): Promise<OrdersApi>;
}

const ORIGIN = 'https://shop.example.com';
const documentOf = (title: string, model: LoadedModel) => () => contractFiles(model, { title, ...DEFAULT_API })['openapi.json'];

/** The document that the app wrote. */
const ownDocument = (stack: string) => ({ endpoint }: LocalAws): object => JSON.parse(readFileSync(
  join(LOCAL_DIR, `cdk-${new URL(endpoint).port}`, 'cdk.out', `${stack}-Orders-contracts`, 'openapi.json'), 'utf8',
)) as object;

/** A client with the scope to cancel orders, and the token of the Lambda authorizer for files. */
async function clientWithToken(local: LocalAws, outputs: Record<string, string>): Promise<OrdersApi> {
  const token = await new CognitoUsers(local, outputs.UserPoolId).clientToken(outputs.BackOfficeClientId, 'orders/cancel');
  return OrdersApi.with(local, outputs, { 'Authorization': `Bearer ${token}`, 'X-Token': 'operator' });
}

export const TESTED_APIS: readonly TestedApi[] = [
  {
    name: 'rest', app: 'full', stack: 'FullOrders', origin: ORIGIN, document: documentOf('FullOrders', STANDARD_MODEL), client: OrdersApi.of,
  },
  {
    name: 'own-order-model',
    app: 'own-order-model',
    stack: 'FlowerOrders',
    document: documentOf('FlowerOrders', { schema: flowers.schema, description: describeModel(flowers.schema, flowers.pointers) }),
    client: OrdersApi.of,
  },
  {
    name: 'http',
    app: join(__dirname, '..', 'e2e', 'authentication'),
    stack: 'HttpOrders',
    origin: ORIGIN,
    document: ownDocument('HttpOrders'),
    client: clientWithToken,
  },
];
