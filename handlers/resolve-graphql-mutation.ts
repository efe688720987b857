import {
  acceptedResult, commandFor, graphqlHandler, newCommand, newCommandId, readCancellation, readDocument, readEnv, readExpectedVersion, readPatch,
  readPlacement, readWithErrors, refusedResult, sendCommand,
  type FieldRequest, type OrderCommand,
} from '#shared';
import { commandSender } from './aws/orders-queue';
import { ownershipCheck } from './aws/ownership-check';

const env = readEnv('resolve-graphql-mutation');
const send = commandSender(env);
const assertOwnOrder = ownershipCheck(env);
const maxBytes = Number(env.MAX_ORDER_SIZE);

/** The commands of the fields of `Mutation`. They are those of the REST API, with the same validation and identity. */
const COMMANDS: Readonly<Record<string, (request: FieldRequest) => Promise<OrderCommand>>> = {
  placeOrder: async (field) => {
    const { request, correlationId, caller } = field;
    const { orderId, order } = readPlacement(request, caller, readDocument(field, 'order', maxBytes));
    return newCommand({ commandType: 'PlaceOrder', commandId: newCommandId(), orderId, correlationId, payload: order }, caller);
  },
  changeOrder: async (field) => {
    const { value: version, errors } = readExpectedVersion(field);
    const patch = readWithErrors(errors, 'invalid-change', () => readPatch(readDocument(field, 'patch', maxBytes)));
    return ownCommand(field, 'ChangeOrder', { patch, ...version });
  },
  cancelOrder: async (field) => {
    const { value: version, errors } = readExpectedVersion(field);
    const { reason = undefined } = field.args;
    const cancellation = readWithErrors(errors, 'invalid-cancellation', () => readCancellation({ reason: reason ?? undefined }));
    return ownCommand(field, 'CancelOrder', { ...cancellation, ...version });
  },
};

/**
 * Resolves the mutations of the GraphQL API: sends commands to the orders queue. `accepted` means that the command is stored durably. A request that is
 * not accepted is a result with every error, and no error of GraphQL.
 */
export const handler = graphqlHandler(env, async (request) => {
  const command = await COMMANDS[request.field](request);
  await sendCommand(command, send);
  return acceptedResult(command);
}, (problem, correlationId) => ({ data: refusedResult(problem, correlationId) }));

async function ownCommand({ request, correlationId, caller }: FieldRequest, type: 'ChangeOrder' | 'CancelOrder', payload: object): Promise<OrderCommand> {
  const command = commandFor(request, correlationId, caller, type, payload);
  await assertOwnOrder(caller, command);
  return command;
}
