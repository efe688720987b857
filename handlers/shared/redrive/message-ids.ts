import { parseBody, type DeadLetterMessage } from './dead-letter-message';
import type { RedriveRoute } from './redrive-routes';
import { FILE_OUTCOME_ATTRIBUTE, TENANT_PATTERN } from '../../../src/private/contract';
import { uploadedFiles } from '../files/uploaded-file';
import { valueAt } from '../json/value-at';
import { FILE_ID_PATTERN, ORDER_ID_PATTERN } from '../orders/ids';
import { identityOf, isOrderKey, type OrderIdentity } from '../orders/order-identity';
import { isPrintableId } from '../telemetry/id-formats';

/** The IDs and the type of a message, without the content of orders. */
export interface MessageIds {
  readonly orderId?: string;
  /** The tenant of the order or file, in a pipeline with tenants. */
  readonly tenant?: string;
  readonly fileId?: string;
  /** The type of the command or event. */
  readonly type?: string;
  readonly commandId?: string;
  readonly correlationId?: string;
}

const FIELDS = {
  orderId: matching(ORDER_ID_PATTERN),
  tenant: matching(TENANT_PATTERN),
  fileId: matching(FILE_ID_PATTERN),
  type: isPrintableId,
  commandId: isPrintableId,
  correlationId: isPrintableId,
};

/** Extracts the IDs that a message contains: a command, an event, a message about a file, or a record of the orders table's stream. */
export function messageIdsOf(message: DeadLetterMessage, { groupIsOrder }: Pick<RedriveRoute, 'groupIsOrder'> = {}): MessageIds {
  const json = parseBody(message);
  const values: Record<string, unknown> = {
    ...(groupIsOrder ? identityIn(message.group) : {}),
    fileId: valueAt(json, 'Records') === undefined ? undefined : fileIdIn(message.body),
    ...defined({ ...idsIn(json), type: valueAt(json, 'commandType') }),
    ...defined({ ...idsIn(valueAt(json, 'detail', 'metadata')), type: valueAt(json, 'detail-type') }),
    ...idsInRecord(json),
  };
  return Object.fromEntries(Object.entries(FIELDS).flatMap(([field, isValid]) => {
    const value = values[field];
    return isValid(value) ? [[field, value]] : [];
  }));
}

const idsIn = (from: unknown) => Object.fromEntries(['orderId', 'tenant', 'fileId', 'commandId', 'correlationId'].map((field) => [field, valueAt(from, field)]));

/** Extracts the IDs from a stream record in DynamoDB JSON. */
function idsInRecord(json: unknown): Record<string, unknown> {
  const outcome = (field: string) => valueAt(json, 'dynamodb', 'NewImage', 'outcome', 'M', field, 'S');
  return defined({
    ...identityIn(valueAt(json, 'dynamodb', 'Keys', 'orderId', 'S') ?? valueAt(json, 'dynamodb', 'NewImage', 'orderId', 'S')),
    type: outcome('type'),
    commandId: outcome('commandId'),
    correlationId: outcome('correlationId'),
    fileId: valueAt(json, 'dynamodb', 'NewImage', FILE_OUTCOME_ATTRIBUTE, 'M', 'fileId', 'S'),
  });
}

/** The order's ID and tenant in its key. */
const identityIn = (key: unknown): Partial<OrderIdentity> => (typeof key === 'string' && isOrderKey(key) ? identityOf(key) : {});

const defined = (fields: Record<string, unknown>) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** Returns the file ID of an S3 notification, which contains one upload. */
function fileIdIn(body: string): string | undefined {
  try {
    return uploadedFiles(body)[0]?.fileId;
  } catch {
    return undefined;
  }
}

function matching(pattern: RegExp) {
  return (value: unknown): boolean => typeof value === 'string' && pattern.test(value);
}
