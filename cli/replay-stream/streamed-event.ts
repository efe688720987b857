import type { EventSelection } from './replay-stream-command-line';

/** A line of an object. */
export interface StreamedEvent {
  readonly line: string;
  readonly partitionKey: string;
  readonly occurredAt: string;
}

/**
 * Reads the events of an object, without those that are not selected.
 *
 * @param source names the object in the error.
 * @throws Error if a line is not an event of a stream.
 */
export function readEvents(lines: readonly string[], { order, tenant, types }: EventSelection, source: string): StreamedEvent[] {
  return lines.flatMap((line, index) => {
    const event = parse(line, `${source}, line ${index + 1}`);
    const metadata = event.detail?.metadata ?? {};
    const isSelected = (order === undefined || metadata.orderId === order) && (tenant === undefined || metadata.tenant === tenant)
      && (types === undefined || types.includes(event['detail-type']));
    return isSelected ? [{ line, partitionKey: event.partitionKey, occurredAt: event.occurredAt }] : [];
  });
}

interface ParsedLine {
  readonly 'partitionKey': string;
  readonly 'occurredAt': string;
  readonly 'detail-type': string;
  readonly 'detail'?: { readonly metadata?: { readonly orderId?: unknown; readonly tenant?: unknown } };
}

function parse(line: string, source: string): ParsedLine {
  let event: Partial<ParsedLine> | null;
  try {
    event = JSON.parse(line);
  } catch {
    event = null;
  }
  if (typeof event?.partitionKey === 'string' && typeof event.occurredAt === 'string') return event as ParsedLine;
  throw new Error(`${source} is not an event of a stream: check --bucket and --prefix`);
}
