import type { Patch } from './bundle';

/** Handlers with a deliberate defect. */
export interface Mutant {
  readonly name: string;
  readonly patches: readonly Patch[];
}

/** Handlers with one change. */
export const mutant = (name: string, file: string, from: string, to: string): Mutant => ({ name, patches: [{ file, from, to }] });

/** Outcomes of files that are lost, count twice, or are not announced. */
const FILE_OUTCOME_MUTANTS: readonly Mutant[] = [
  {
    name: 'outcomes of files are counted, without the orders to which they belong',
    patches: [
      { file: 'shared/files/outcome-chunk.ts', from: 'Object.values(outcomes).some((bits) => hasBit(bits, index % CHUNK_SIZE))', to: 'hasBit(Object.values(outcomes)[0] ?? [], -1 - index)' },
      {
        file: 'shared/files/outcome-chunk.ts',
        from: 'withBit(chunk.outcomes[outcome] ?? new Uint8Array(), index % CHUNK_SIZE)',
        to: 'withBit(chunk.outcomes[outcome] ?? new Uint8Array(), index * 0 + countBits(chunk.outcomes[outcome] ?? new Uint8Array()))',
      },
    ],
  },
  mutant('a chunk of outcomes is written without the condition on its revision', 'aws/file-outcomes-table.ts', '...onlyAfter(chunk.revision - 1), ', ''),
  mutant('a conflict on a chunk of outcomes counts as success', 'shared/files/record-outcomes.ts', 'if (answer.written) return', 'if (true) return'),
  {
    name: 'a rejected order of a file is stored after its outcome',
    patches: [
      { file: 'shared/files/record-outcomes.ts', from: 'if (conflicts === 0) await Promise.all(', to: 'const save = () => Promise.all(' },
      { file: 'shared/files/record-outcomes.ts', from: 'if (answer.written) return {', to: 'if (answer.written) await save();\n    if (answer.written) return {' },
    ],
  },
  mutant('outcomes without an event are not in the item of their order', 'shared/lifecycle/item-write.ts',
    '?? fileOutcomeOf(command, result, now)', "?? ('outcome' in result ? undefined : fileOutcomeOf(command, result, now))"),
  mutant('a record of the stream succeeds although its outcome was not recorded', 'record-file-outcomes.ts', 'return consumeBatch(Records,', 'return consumeBatch([] as typeof Records,'),
  mutant('extraction does not announce outcomes that were known before it completed the file', 'extract-orders.ts', ', ...await announceOutcomes(stored, announcement)', ''),
  mutant('extraction does not repeat an announcement that failed', 'extract-orders.ts', ', ...await announceOutcomes(file, announcement)', ''),
  mutant('the state of a file is read before its outcomes are recorded', 'shared/files/record-file-outcomes.ts',
    "before.state === 'COMPLETED' ? before : await context.getFile(before.fileId)", 'before'),
  mutant('redelivered outcomes do not repeat an announcement that failed', 'shared/files/record-file-outcomes.ts',
    'chunks.some(({ chunk }) =>', 'chunks.some(({ chunk, recorded }) => recorded.length > 0 &&'),
  mutant('outcomes count as announced although publishing failed', 'shared/files/announce-outcomes.ts', 'if (publishError) throw publishError;', ''),
  mutant('outcomes are announced before all are known', 'shared/files/announce-outcomes.ts', 'knownOutcomes(outcomes) < counts!.valid', 'false'),
  mutant('invalid orders of a file are expected to have an outcome', 'shared/files/outcome-chunk.ts', 'const valid = validIn ? validIn[chunk.chunk] :', 'const valid ='),
];

/** Orders of files that change stored orders which they must not change, or do not change them. */
const EXISTING_ORDER_MUTANTS: readonly Mutant[] = [
  mutant('an order of a file changes a cancelled order', 'shared/commands/place-existing-order.ts', '...statusErrors(item, settings), ', ''),
  mutant('an order of a file changes fields that cannot be changed', 'shared/commands/place-existing-order.ts',
    ', ...orderModel.differenceErrors(before.order, after.order)', ''),
  mutant('an order of a file is compared with the placement, not with the present order', 'shared/commands/place-existing-order.ts',
    'if (changed.length === 0)', 'if (changed.length === 0 || item.placement.fingerprint === data.fingerprint)'),
  mutant('a pending placement loses the content to which it changes its order', 'shared/commands/place-order.ts',
    '(data.onExistingOrder === EXISTING_ORDER_POLICY.CHANGE ? data : { fingerprint: data.fingerprint })', '({ fingerprint: data.fingerprint })'),
  mutant('the orders of a file do not have its policy for existing orders', 'shared/files/order-message.ts',
    '(onExistingOrder === EXISTING_ORDER_POLICY.CHANGE ? { onExistingOrder } : {})', '{}'),
  mutant('an order that a file changed counts as confirmed', 'shared/lifecycle/file-outcome-of.ts', '? FILE_ORDER_OUTCOME.CHANGED', '? FILE_ORDER_OUTCOME.CONFIRMED'),
];

/** Pending orders that are not settled, or are settled otherwise than they must be. */
const CONFIRMATION_MUTANTS: readonly Mutant[] = [
  mutant('a pending order has no deadline', 'shared/lifecycle/settle-in-time.ts', 'item.confirmation!.until * 1000 > now.getTime()', 'true'),
  mutant('a late decision about a pending order is accepted', 'shared/lifecycle/next-write.ts',
    'settleInTime(item, now, settings) ?? ', '(arrived ? undefined : settleInTime(item, now, settings)) ?? '),
  mutant('a decision about an earlier version of a pending order is accepted', 'shared/commands/decide-confirmation.ts',
    'if (pending.confirmation!.cause.commandId !== decisionId)', 'if (false)'),
  mutant('a decision confirms an order that was cancelled while pending', 'shared/orders/order-states.ts',
    'DecideConfirmation: refuse(REFUSAL_CODE.ORDER_CANCELLED)', "DecideConfirmation: to('CONFIRMED', 'REJECTED')"),
  mutant('a repeated decision about a pending order is refused', 'shared/lifecycle/apply-command.ts', 'if (item && repeats?.(item, command.data))', 'if (false)'),
  mutant('a decision about a pending order counts as published although publishing failed', 'shared/lifecycle/request-decisions.ts',
    'if (event && failures.has(event)) throw failures.get(event);', ''),
  mutant('a pending order of a file counts as confirmed', 'shared/lifecycle/file-outcome-of.ts', 'index === undefined || isPending(result)', 'index === undefined'),
  mutant('a pending order of a file that is settled has no outcome', 'shared/lifecycle/item-write.ts',
    'settledFileOutcome(item, write.item, now) ?? ', ''),
  mutant('a pending order of a file that is settled by its deadline has no outcome', 'shared/lifecycle/item-write.ts',
    'fileOutcome: settledFileOutcome(item, settled, now)', 'fileOutcome: undefined'),
  mutant('a change of a pending order does not restart the decision', 'shared/commands/change-placed-order.ts',
    'restartDecision(item.confirmation!, command, now, settings.confirmation)', 'item.confirmation!'),
  mutant('a change of a pending order forgets its file', 'shared/commands/confirmation-state.ts', '...(state.fileOrder ? { fileOrder: state.fileOrder } : {})', ''),
];

/** Quantities of line items that are lost, or that count twice. */
const FULFILLMENT_MUTANTS: readonly Mutant[] = [
  mutant('more than remains of a line item can be fulfilled', 'shared/commands/items-to-fulfill.ts', 'if (fulfilled + requested <= ordered)', 'if (true)'),
  mutant('a shipment with other items has the ID of an earlier one', 'shared/commands/fulfill-order-items.ts', '...shipmentErrors(placed, shipment), ', ''),
  mutant('a repeated shipment is refused', 'shared/commands/fulfill-order-items.ts', 'return repeated !== undefined &&', 'return false &&'),
  mutant('a change forgets what is fulfilled', 'shared/commands/change-placed-order.ts', '...kept, ', 'fulfillments: undefined, '),
  mutant('a change removes what is fulfilled', 'shared/commands/change-placed-order.ts', 'if (errors) return', 'if (false) return'),
  mutant('an order of a file removes what is fulfilled', 'shared/commands/place-existing-order.ts', ', ...lost]', ']'),
  mutant('the last items do not fulfill their order', 'shared/commands/fulfillment.ts', "remainingOf(item)?.length === 0 ? 'FULFILLED'", "false ? 'FULFILLED'"),
  mutant('the event with which the pipeline announces a fulfillment is a request', 'shared/lifecycle/read-command-event.ts',
    'if (isFromPipeline(definition, detail.metadata))', "if (type !== 'OrderFulfilled' && isFromPipeline(definition, detail.metadata))"),
];

/** Each mutant breaks a promise, and the simulation must find it. */
export const MUTANTS: readonly Mutant[] = [
  mutant('an order is written without the condition on its revision', 'aws/orders-table.ts', '...onlyAfter(item.revision - 1), ', ''),
  mutant('a sequence number is assigned without the condition that it is unassigned', 'aws/sequence-table.ts', ", ConditionExpression: 'attribute_not_exists(orderId)' }", ' }'),
  mutant('failed entries of PutEvents are ignored', 'shared/events/publish-events.ts', '!entry?.EventId', 'false'),
  mutant('a message is deleted although its event was not published', 'shared/events/publish-batch.ts', 'if (failures.has(event)) throw failures.get(event);', ''),
  mutant('a refusal counts as published although publishing failed', 'shared/events/publish-events.ts', 'if (failures.has(event)) throw failures.get(event);', ''),
  mutant('a write conflict counts as success', 'shared/lifecycle/apply-in-sequence.ts', 'if (answer.written) {', 'if (true) {'),
  mutant('assigned sequence numbers are not found again', 'shared/validation/assign-sequence.ts', 'page.find((record) => record.commandId === commandId)', '(undefined as SequenceRecord | undefined)'),
  mutant('commands are applied out of sequence', 'shared/lifecycle/command-sequence.ts', 'return sequence === last + 1 ||', 'return sequence > last ||'),
  mutant('applied commands are applied again', 'shared/lifecycle/command-sequence.ts', 'command.sequence <= item.sequence && ', 'command.sequence < item.sequence && '),
  mutant('commands that arrive out of order are dropped', 'shared/lifecycle/next-write.ts', 'writeWithoutEvent(addPending(item, arrived, pendingUntil(now, settings)), arrived', 'undefined && writeWithoutEvent(addPending(item, arrived, pendingUntil(now, settings)), arrived'),
  mutant('pending commands expire immediately', 'shared/lifecycle/next-write.ts', '!isExpired && until * 1000 <= now.getTime()', '!isExpired'),
  mutant('a stream record succeeds although its event was not published', 'publish-order-changes.ts', 'return consumeBatch(Records,', 'return consumeBatch([] as typeof Records,'),
  mutant('a message group continues after a record that failed', 'shared/messaging/process-in-groups.ts', 'isStopped ||= ', 'isStopped = false && '),
  mutant('failed entries of SendMessageBatch are ignored', 'shared/messaging/send-sqs-batch.ts', 'sent.has(String(index)) ? []', 'true ? []'),
  mutant('orders that could not be sent are dropped', 'shared/files/send-orders.ts', 'if (failures.length > 0) {', 'if (false) {'),
  {
    name: 'the checkpoint is written before the orders are sent',
    patches: [
      { file: 'extract-orders.ts', from: 'await sendOrders(messages, sendBatch);\n', to: '\n' },
      { file: 'extract-orders.ts', from: 'this.file = file as CheckedFile;\n  }\n}', to: 'this.file = file as CheckedFile;\n    await sendOrders(messages, sendBatch);\n  }\n}' },
    ],
  },
  mutant('a file completes although its orders could not be sent', 'extract-orders.ts', "error.name === 'ExtractionSuperseded') throw error;", "error.name === 'ExtractionSuperseded') return { outcome: 'Lost' };"),
  mutant('a checkpoint overwrites a later one', 'extract-orders.ts', "if (conditionFailed) throw new RetryableError('ExtractionSuperseded'", "if (false) throw new RetryableError('ExtractionSuperseded'"),
  mutant('a file counts as notified although notifying failed', 'validate-file.ts', 'if (publishError) throw publishError;', ''),
  mutant('repeated events are written to the history again', 'aws/history-table.ts', 'Item, ConditionExpression, ReturnValues', 'Item, ReturnValues'),
  mutant('events that the history table throttled are published as recorded', 'aws/recording-publisher.ts', '.filter((_, index) => isInserted(Responses[index]))', ''),
  mutant('events are published as recorded although the history table failed', 'aws/recording-publisher.ts', 'return [];', 'return records.map(keyOf);'),
  mutant('events of other systems are recorded in the history at the time of each repetition', 'aws/history-table.ts', 'hasFixedTime(published) ? published', 'true ? published'),
  mutant('events of other systems get another position in the history when they are repeated', 'aws/history-table.ts', 'return first ? {', 'return false ? {'),
  mutant('events have the time of each attempt, so that the history has them twice', 'shared/validation/validate-and-assign.ts', ', occurredAt: at }', ' }'),
  mutant('a dead-letter message is deleted before it is sent', 'redrive-dead-letters.ts',
    'const notSent = await', 'await deleteMessages(route.deadLetterQueueUrl, messages);\n  const notSent = await'),
  mutant('a dead-letter message counts as sent although sending failed', 'redrive-dead-letters.ts', 'messages.filter((message) => !notSent.has(message))', 'messages'),
  mutant('two messages of a group are redriven in one request, of which the first may fail', 'shared/redrive/move-in-order.ts', 'group.slice(round, round + 1)', 'round === 0 ? group : []'),
  mutant('a stream record counts as redriven although its consumer failed', 'aws/redrive-stream.ts', "assertConsumed(Payload?.transformToString() ?? '', FunctionError);", ''),
  mutant('dead-letter messages overtake one of their group that failed', 'shared/redrive/move-in-order.ts', 'batch.filter((message) => !isBlocked(message))', 'batch'),
  mutant('an item expires as soon as its rejected order is no longer visible', 'shared/lifecycle/with-index-keys.ts', 'Math.max(item.visibleUntil, noLongerNeeded)', 'item.visibleUntil'),
  mutant('an order on the bus is a new command at every delivery', 'shared/lifecycle/placement-command.ts', '    commandId,\n', '    commandId: `${commandId}-${Math.random()}`,\n'),
  mutant('an order on the bus without an ID is a new order at every delivery', 'shared/lifecycle/read-placement-event.ts',
    'orderIdForEvent(requestEventId(event))', 'orderIdForEvent(`${requestEventId(event)}${Math.random()}`)'),
  mutant('the orders queue does not accept orders of the bus', 'shared/commands/place-order.ts', 'CHANNEL.FILE, CHANNEL.BUS, ', 'CHANNEL.FILE, '),
  mutant('an order on the bus counts as received although it could not be sent', 'receive-order-event.ts', 'await send(command);', 'await send(command).catch(() => undefined);'),
  mutant('a wrong order on the bus goes to the dead-letter queue', 'shared/lifecycle/read-placement-event.ts',
    '  return placementCommand(', "  if (validation.errors) throw new PoisonMessage('the order is wrong');\n  return placementCommand("),
  mutant('an order that another system declares valid passes validation', 'shared/lifecycle/read-command-event.ts',
    "  typeof metadata.commandId === 'string' &&", "  requested === 'OrderValidated' || typeof metadata.commandId === 'string' &&"),
  mutant('batches are packed by count alone, not by bytes', 'shared/messaging/pack.ts', 'last.length === limit.count || bytes > room', 'last.length === limit.count'),
  ...FILE_OUTCOME_MUTANTS,
  ...EXISTING_ORDER_MUTANTS,
  ...CONFIRMATION_MUTANTS,
  ...FULFILLMENT_MUTANTS,
];
