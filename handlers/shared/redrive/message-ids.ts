import { dig, jsonOf, type DeadLetterMessage } from './dead-letter-message';
import type { RedriveRoute } from './redrive-routes';
import { FILE_ID_PATTERN } from '../files/file-record';
import { uploadedFiles } from '../files/uploaded-file';
import { ORDER_ID_PATTERN } from '../orders/ids';
import { isPrintableId } from '../telemetry/printable-id';

/** What a letter is about: ids and a word, and nothing of what is in an order. */
export interface MessageIds {
  readonly orderId?: string;
  readonly fileId?: string;
  /** What is asked for or was said: the type of a command or of an event. */
  readonly type?: string;
  readonly commandId?: string;
  readonly correlationId?: string;
}

const FIELDS = {
  orderId: matching(ORDER_ID_PATTERN), fileId: matching(FILE_ID_PATTERN), type: isPrintableId, commandId: isPrintableId, correlationId: isPrintableId,
};

/** Reads a letter as far as it can be read: a command, an event of the bus, a file's message, or a record of the orders table's stream. */
export function messageIdsOf(message: DeadLetterMessage, { groupIsOrder }: Pick<RedriveRoute, 'groupIsOrder'> = {}): MessageIds {
  const json = jsonOf(message);
  const found: Record<string, unknown> = {
    orderId: groupIsOrder ? message.group : undefined,
    fileId: dig(json, 'Records') === undefined ? undefined : uploadedFile(message.body),
    ...given({ ...idsIn(json), type: dig(json, 'commandType') }),
    ...given({ ...idsIn(dig(json, 'detail', 'metadata')), type: dig(json, 'detail-type') }),
    ...idsInRecord(json),
  };
  return Object.fromEntries(Object.entries(FIELDS).flatMap(([field, isSound]) => {
    const value = found[field];
    return isSound(value) ? [[field, value]] : [];
  }));
}

const idsIn = (from: unknown) => Object.fromEntries(['orderId', 'fileId', 'commandId', 'correlationId'].map((field) => [field, dig(from, field)]));

/** In DynamoDB's own notation. */
function idsInRecord(json: unknown): Record<string, unknown> {
  const outcome = (field: string) => dig(json, 'dynamodb', 'NewImage', 'outcome', 'M', field, 'S');
  return given({
    orderId: dig(json, 'dynamodb', 'Keys', 'orderId', 'S') ?? dig(json, 'dynamodb', 'NewImage', 'orderId', 'S'),
    type: outcome('type'),
    commandId: outcome('commandId'),
    correlationId: outcome('correlationId'),
  });
}

const given = (fields: Record<string, unknown>) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** A notification of S3 tells of one upload. */
function uploadedFile(body: string): string | undefined {
  try {
    return uploadedFiles(body)[0]?.fileId;
  } catch {
    return undefined;
  }
}

function matching(pattern: RegExp) {
  return (value: unknown): boolean => typeof value === 'string' && pattern.test(value);
}
