import { API_KEY_SECURITY, type ApiSecurity } from './api-security';
import { mapReferences, object, ref, text } from './component';
import { componentsOf } from './contract-model';
import type { Sample } from './examples';
import { STATUSES } from './fields';
import { WEBHOOK_COMPONENTS } from './webhook-components';
import { webhookOperations } from './webhook-operations';
import { TASK_ANSWER } from './workflow-event-data';
import { ORDER_LISTS, TENANT_PARAMETER, TENANT_PATTERN, WEBHOOK_ROUTES } from '../contract';
import type { JsonSchema } from '../order-model/json-schema';
import type { LoadedModel } from '../order-model/load-model';

/** What of the API is described. */
export interface ApiOptions {
  readonly title: string;
  /** That of a custom domain name. Undefined when it is known at deployment. */
  readonly url?: string;
  /** The methods of each path, such as `/orders`. */
  readonly routes: Readonly<Record<string, readonly string[]>>;
  readonly security: ApiSecurity;
  /** Whether operators name the tenant in the query. */
  readonly hasTenantParameter: boolean;
  /** The query parameters by which orders are listed. All by default; `status` can also limit a list. */
  readonly listKeys?: readonly string[];
  /** The errors of API Gateway itself: as problem details, or as `{ message }`, which an HTTP API cannot change. */
  readonly gatewayErrors: 'problem' | 'message';
}

type Json = Record<string, unknown>;

/** Every route of the API. */
export const ALL_ROUTES: ApiOptions['routes'] = {
  '/orders': ['GET', 'POST'],
  '/orders/{orderId}': ['GET', 'PATCH'],
  '/orders/{orderId}/cancellation': ['POST'],
  '/orders/{orderId}/events': ['GET'],
  '/files': ['GET'],
  '/files/{fileId}': ['GET'],
  '/files/{fileId}/orders': ['GET'],
};

/** The API of a pipeline without props. */
export const DEFAULT_API: Omit<ApiOptions, 'title'> = { routes: ALL_ROUTES, security: API_KEY_SECURITY, hasTenantParameter: false, gatewayErrors: 'problem' };

/** The address is known at deployment. */
const UNKNOWN_SERVER = { url: '{baseUrl}', variables: { baseUrl: { default: '/', description: 'The URL of the API with its stage or base path.' } } };

/** The OpenAPI 3.1 document of an API. */
export function openApi(model: LoadedModel, sample: Sample, api: ApiOptions): Json {
  const { title, url, routes, security, hasTenantParameter, listKeys, gatewayErrors } = api;
  const document = {
    openapi: '3.1.0',
    info: { title, version: '1', description: 'Places, changes, cancels and reads orders.', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [url === undefined ? UNKNOWN_SERVER : { url }],
    ...(security.requirements.length > 0 ? { security: security.requirements } : {}),
    paths: Object.fromEntries(Object.entries(routes).flatMap(([path, methods]) => {
      const item = pathItem(path, methods, { ...sample, listKeys }, security.ofRoutes, hasTenantParameter ? [TENANT] : []);
      return item === undefined ? [] : [[path, item]];
    })),
    components: {
      schemas: { ...componentsOf(model), ...(WEBHOOK_ROUTES.WEBHOOKS in routes ? WEBHOOK_COMPONENTS : {}) },
      responses: gatewayErrors === 'problem' ? RESPONSES : withGatewayErrors(RESPONSES),
      ...(Object.keys(security.schemes).length > 0 ? { securitySchemes: security.schemes } : {}),
    },
  };
  return mapReferences(document, (reference) => reference.replace(/^#\/\$defs\//, '#/components/schemas/')) as Json;
}

function pathItem(
  path: string, methods: readonly string[], sample: PathSample, security: ApiSecurity['ofRoutes'], common: readonly Json[],
): Json | undefined {
  const operations = OPERATIONS[path];
  if (!operations) return undefined;
  const ofPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
  const parameters = [...ofPath, ...common];
  const described = Object.entries(operations(sample)).filter(([method]) => methods.includes(method.toUpperCase())).map(([method, operation]) => {
    const own = security[`${method.toUpperCase()} ${path}`];
    return [method, own ? { ...operation, security: own } : operation] as const;
  });
  return described.length === 0 ? undefined : { ...(parameters.length > 0 ? { parameters } : {}), ...Object.fromEntries(described) };
}

const problem = (description: string): Json => ({
  description,
  headers: { 'X-Correlation-Id': { schema: { type: 'string' } } },
  content: { 'application/problem+json': { schema: ref('Problem') } },
});

const RESPONSES: Record<string, Json> = {
  BadRequest: problem('The request is not valid. `errors` lists every error.'),
  Unauthorized: problem('The credentials are missing.'),
  Forbidden: problem('The API key or the credentials are not valid.'),
  NotFound: problem('The order or file does not exist, or not yet.'),
  MethodNotAllowed: problem('The path does not have this method. `Allow` lists those that it has.'),
  TooLarge: problem('The body is too large.'),
  UnsupportedMediaType: problem('The body is not JSON, or it is compressed.'),
  Conflict: problem('The `Idempotency-Key` stands for another order ID.'),
  TooManyRequests: problem('Too many requests.'),
  Unavailable: problem('The service is temporarily unavailable. Retry the request.'),
};

/** What API Gateway also answers without a handler. */
const GATEWAY_ERRORS = ['Unauthorized', 'Forbidden', 'NotFound', 'TooLarge', 'TooManyRequests', 'Unavailable'];
const GATEWAY_ERROR: Json = {
  schema: { type: 'object', properties: { message: { type: 'string' } }, required: ['message'], description: 'An error of the HTTP API itself, such as `Unauthorized`.' },
};

/** Adds the errors of an HTTP API, which have a format and headers of their own. */
const withGatewayErrors = (responses: Record<string, Json>): Record<string, Json> =>
  Object.fromEntries(Object.entries(responses).map(([name, { headers, content, ...rest }]) => [name, GATEWAY_ERRORS.includes(name)
    ? { ...rest, headers, content: { ...content as Json, 'application/json': GATEWAY_ERROR } }
    : { ...rest, headers, content }]));

const response = (name: string): Json => ({ $ref: `#/components/responses/${name}` });
const COMMON = {
  401: response('Unauthorized'),
  403: response('Forbidden'),
  405: response('MethodNotAllowed'),
  429: response('TooManyRequests'),
  500: response('Unavailable'),
  502: response('Unavailable'),
  503: response('Unavailable'),
  504: response('Unavailable'),
};

const jsonResponse = (description: string, schema: JsonSchema, headers: Json = {}): Json => ({
  description, headers: { 'X-Correlation-Id': { schema: { type: 'string' } }, ...headers }, content: { 'application/json': { schema } },
});

const header = (name: string, description: string, schema: JsonSchema): Json => ({ name, in: 'header', description, schema });
const query = (name: string, schema: JsonSchema, description?: string): Json => ({ name, in: 'query', ...(description ? { description } : {}), schema });

const TENANT = query(TENANT_PARAMETER, { type: 'string', pattern: TENANT_PATTERN.source }, 'The tenant that the request is about: required for operators, an error for others.');
const CORRELATION = header('X-Correlation-Id', 'Part of every event of the request, and of the log line if it fails.', { type: 'string', maxLength: 128 });
const IDEMPOTENCY = header('Idempotency-Key', 'Repeating a request with the same key is safe.', { type: 'string', minLength: 1, maxLength: 255 });
const IF_MATCH = header('If-Match', 'The `ETag` of the order that the command is for.', { type: 'string' });
const PAGE = [query('limit', { type: 'integer', minimum: 1, maximum: 100, default: 25 }), query('nextToken', { type: 'string' }, '`nextToken` of the previous page.')];
const RANGE = [query('from', { type: 'string', format: 'date-time' }), query('to', { type: 'string', format: 'date-time' })];

/** An operation that sends a command. */
const command = (operationId: string, summary: string, parameters: Json[], content: Json): Json => ({
  operationId,
  summary,
  parameters: [CORRELATION, IDEMPOTENCY, ...parameters],
  requestBody: { required: true, content },
  responses: {
    202: jsonResponse('The command is stored in a queue.', ref('Accepted'), { Location: { description: 'The path of the order.', schema: { type: 'string' } } }),
    400: response('BadRequest'),
    404: response('NotFound'),
    413: response('TooLarge'),
    415: response('UnsupportedMediaType'),
    422: response('Conflict'),
    ...COMMON,
  },
});

/** An operation that reads. */
const read = (operationId: string, summary: string, parameters: Json[], ok: Json): Json =>
  ({ operationId, summary, parameters: [CORRELATION, ...parameters], responses: { 200: ok, 400: response('BadRequest'), 404: response('NotFound'), ...COMMON } });

/** The examples and lists in the description of a path. */
type PathSample = Sample & Pick<ApiOptions, 'listKeys'>;

const OPERATIONS: Readonly<Record<string, (sample: PathSample) => Record<string, Json>>> = {
  '/orders': ({ order, listKeys = Object.keys(ORDER_LISTS) }) => ({
    get: read('listOrders', 'Lists the orders of a customer, with an external reference, or in a status, newest first.', [
      ...['customerId', 'externalReference'].filter((key) => listKeys.includes(key)).map((key) => query(key, { type: 'string', minLength: 1, maxLength: 128 })),
      query('status', { type: 'string', enum: STATUSES }),
      ...RANGE,
      ...PAGE,
    ], jsonResponse('A page of orders.', ref('OrderList'))),
    post: command('placeOrder', 'Places an order.', [], { 'application/json': { schema: PLACED_ORDER, example: order } }),
  }),
  '/orders/{orderId}': ({ patch }) => ({
    get: read('getOrder', 'Returns an order.', [], jsonResponse('The order.', ref('OrderView'), { ETag: { description: 'The version.', schema: { type: 'string' } } })),
    patch: command('changeOrder', 'Changes an order.', [IF_MATCH], {
      'application/merge-patch+json': { schema: ref('OrderChange'), example: patch }, 'application/json': { schema: ref('OrderChange'), example: patch },
    }),
  }),
  '/orders/{orderId}/cancellation': () => ({
    post: command('cancelOrder', 'Cancels an order.', [IF_MATCH], { 'application/json': { schema: ref('Cancellation'), example: { reason: 'ordered twice' } } }),
  }),
  '/orders/{orderId}/events': () => ({
    get: read('listOrderEvents', 'Lists the events of an order, oldest first.', PAGE, jsonResponse('A page of events.', ref('History'))),
  }),
  '/orders/{orderId}/tasks/{task}': () => ({
    post: {
      operationId: 'answerTask',
      summary: 'Answers a task of an order, for which its workflow waits.',
      parameters: [CORRELATION],
      requestBody: { required: true, content: { 'application/json': { schema: TASK_ANSWER, example: { outcome: 'SUCCEEDED', result: { trackingNumber: '1Z999' } } } } },
      responses: {
        200: jsonResponse('The workflow continues. A repeated answer has the same response.', object({ orderId: text(), task: text(), status: { const: 'ANSWERED' } })),
        400: response('BadRequest'),
        404: response('NotFound'),
        409: problem('The task has another answer already, or its workflow does not wait any more.'),
        413: response('TooLarge'),
        415: response('UnsupportedMediaType'),
        ...COMMON,
      },
    },
  }),
  '/files': () => ({
    get: read('listFiles', 'Lists the order files in a state, newest first.', [
      { ...query('state', { type: 'string', enum: ['RECEIVED', 'VALIDATED', 'REJECTED', 'EXTRACTING', 'COMPLETED'] }), required: true }, ...PAGE,
    ], jsonResponse('A page of files.', ref('FileList'))),
  }),
  '/files/{fileId}': () => ({
    get: read('getFile', 'Returns an order file.', [], jsonResponse('The file.', ref('File'))),
  }),
  '/files/{fileId}/orders': () => ({
    get: read('listRejectedOrders', 'Lists the rejected orders of a file, by their position.', [
      { ...query('outcome', { type: 'string', enum: ['REJECTED'] }), required: true }, ...PAGE,
    ], jsonResponse('A page of rejected orders.', ref('RejectedFileOrderList'))),
  }),
  ...webhookOperations({ read, jsonResponse, response, query, common: COMMON, page: PAGE, correlation: CORRELATION, idempotency: IDEMPOTENCY }),
};

/** An order without an ID gets one. */
const PLACED_ORDER: JsonSchema = { description: 'The order. Its ID is assigned if it is absent.', ...ref('Order') };
