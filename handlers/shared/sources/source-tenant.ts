import type { SourceRecord } from './source-record';
import { TENANT_PATTERN, type SourceTenant } from '../../../src/private/contract';
import { stepsOf, valueAt } from '../json/value-at';
import { PoisonMessage } from '../messaging/errors';

/** What the tenant of a record can be read from. */
export interface TenantEvidence {
  readonly record: SourceRecord;
  /** The JSON of the record. */
  readonly json: unknown;
  /** The tenant in the metadata of a request. */
  readonly inMetadata?: string;
}

/**
 * The tenant of a record, as the source is configured. The metadata of a request must not name another one: a system that may place orders of
 * one tenant could otherwise place those of all.
 *
 * @throws PoisonMessage when the record names no tenant, more than one, or another one.
 */
export function sourceTenantOf(source: SourceTenant | undefined, { record, json, inMetadata }: TenantEvidence): string | undefined {
  if (!source) {
    if (inMetadata !== undefined) throw new PoisonMessage('wrong: the tenant in the metadata; this pipeline has no tenants');
    return undefined;
  }
  const tenant = namedTenant(source, record, json);
  if (typeof tenant !== 'string' || !TENANT_PATTERN.test(tenant)) throw new PoisonMessage(`wrong or missing: ${placeOf(source)}; every order of this pipeline belongs to a tenant`);
  if (inMetadata !== undefined && inMetadata !== tenant) throw new PoisonMessage('the tenant in the metadata differs from the tenant of the record');
  return tenant;
}

function namedTenant(source: SourceTenant, { headers }: SourceRecord, json: unknown): unknown {
  if (source.kind === 'fixed') return source.tenant;
  if (source.kind === 'field') return valueAt(json, ...stepsOf(source.pointer));
  const named = headers.filter(([name]) => name === source.name);
  return named.length === 1 ? named[0][1] : undefined;
}

/** A header that occurs twice names no tenant. */
function placeOf(source: SourceTenant): string {
  if (source.kind === 'field') return `the tenant at ${source.pointer} of the record`;
  return source.kind === 'header' ? `the tenant in the one header ${source.name} of the record` : 'the tenant of the source';
}
