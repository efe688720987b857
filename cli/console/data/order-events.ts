import { mask, maskData } from './mask';
import { operatorIn } from './operator';
import { identityOf } from '../../../handlers/shared/orders/order-identity';
import type { HistoryRecord } from '../../../handlers/shared/queries/history-record';
import { CHANNEL } from '../../../src/private/contract';
import type { OrderEvent } from '../console-api';

/** Returns an event of the history as the console shows it. */
export function orderEvent(record: HistoryRecord, showsContents: boolean): OrderEvent {
  const { eventId, type, occurredAt, orderId, metadata, facts, data, omitted } = record;
  const { correlationId } = metadata;
  const by = causeOf(record);
  const [about, reason] = [aboutIn(data), reasonIn(data)];
  return {
    eventId,
    type,
    at: occurredAt,
    ...identityOf(orderId),
    ...(typeof correlationId === 'string' ? { correlationId } : {}),
    ...(by === undefined ? {} : { by }),
    ...(about === undefined ? {} : { about }),
    ...(reason === undefined ? {} : { reason }),
    detail: { data: showsContents ? data : maskData(data), facts: showsContents ? facts : mask(facts), metadata, ...(omitted ? { omitted } : {}) },
  };
}

/** Who caused an event: an operator with the console, a reader, a file, or the kind of the caller. */
function causeOf({ metadata: { correlationId, channel }, data }: HistoryRecord): string | undefined {
  const { requestedBy, reader, workflow } = (data ?? {}) as { readonly requestedBy?: unknown; readonly reader?: unknown; readonly workflow?: unknown };
  if (typeof requestedBy === 'string') return requestedBy;
  if (typeof reader === 'string') return reader;
  if (typeof workflow === 'string') return `workflow ${workflow}`;
  const operator = operatorIn(correlationId);
  if (operator !== undefined) return operator;
  if (channel === CHANNEL.FILE) return `file ${String(correlationId)}`;
  return channel === CHANNEL.API ? 'caller of the API' : channel === CHANNEL.BUS ? 'another system' : channel === CHANNEL.SOURCE ? 'source' : undefined;
}

/** The step of a workflow, its task, or the workflow that an event is about. */
function aboutIn(data: unknown): string | undefined {
  const { step, task, workflow } = (data ?? {}) as { readonly step?: unknown; readonly task?: unknown; readonly workflow?: unknown };
  return [step, task, workflow].find((name) => typeof name === 'string');
}

/** Why an order was rejected or a command refused, as a code. */
function reasonIn(data: unknown): string | undefined {
  const { code, errors } = (data ?? {}) as { readonly code?: unknown; readonly errors?: unknown };
  if (typeof code !== 'string') return undefined;
  const paths = Array.isArray(errors) ? errors.slice(0, 3).map((error: { path?: unknown; code?: unknown }) => `${String(error?.path ?? '')} ${String(error?.code ?? '')}`.trim()) : [];
  return paths.length > 0 ? `${code}: ${paths.join(', ')}` : code;
}
