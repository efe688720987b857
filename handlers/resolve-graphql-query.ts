import { graphqlHandler, historyOf, orderViewOf, Problem, readEnv, subscriptionFilter, type FieldRequest } from '#shared';
import { fileReader } from './aws/file-reader';
import { historyReader } from './aws/history-reader';
import { orderReader } from './aws/order-reader';
import { FILE_ORDER_OUTCOME } from '../src/private/contract';

const env = readEnv('resolve-graphql-query');
const { TOKEN_KEY, HISTORY_TABLE_NAME = '', FILES_TABLE_NAME = '' } = env;

/** AppSync returns at most 1 MB, with the texts of JSON escaped once more. */
const MAX_PAGE_BYTES = 800_000;

const orders = orderReader(env);
const readHistory = historyReader({ ...env, HISTORY_TABLE_NAME }, MAX_PAGE_BYTES);
const files = fileReader({ TOKEN_KEY, FILES_TABLE_NAME }, MAX_PAGE_BYTES);

/** The fields of `Query` and `Subscription`. The schema has only those whose tables the function can read. */
const FIELDS: Readonly<Record<string, (request: FieldRequest) => Promise<unknown>>> = {
  order: ({ args, request, correlationId, caller }) =>
    nullIfNotFound(async () => orderViewOf(await orders.get(request, String(args.orderId), correlationId, caller))),
  orders: ({ request, correlationId, caller }) => orders.list(request, correlationId, caller),
  orderHistory: ({ args, request, correlationId, caller }) =>
    nullIfNotFound(async () => historyOf(await readHistory(request, String(args.orderId), correlationId, caller))),
  file: ({ args, correlationId, caller }) => nullIfNotFound(() => files.get(String(args.fileId), correlationId, caller)),
  files: ({ request, correlationId, caller }) => files.list(request, correlationId, caller),
  fileOrders: ({ args, request, correlationId, caller }) =>
    nullIfNotFound(() => files.listOrders(rejectedOnly(request), String(args.fileId), correlationId, caller)),
  orderChanged: async (request) => subscriptionFilter(request),
  customerOrdersChanged: async (request) => subscriptionFilter(request),
};

/** Resolves the queries of the GraphQL API, and the filters of its subscriptions. */
export const handler = graphqlHandler(env, (request) => FIELDS[request.field](request));

const rejectedOnly = (request: FieldRequest['request']): FieldRequest['request'] =>
  ({ ...request, queryStringParameters: { ...request.queryStringParameters, outcome: FILE_ORDER_OUTCOME.REJECTED } });

/** In GraphQL, what does not exist is null. */
async function nullIfNotFound(read: () => Promise<unknown>): Promise<unknown> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return null;
    throw error;
  }
}
