import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';

const SCHEMAS = join(__dirname, '..', '..', 'contracts', 'schemas');
const ajv = addFormats(new Ajv2020({ strict: false, allErrors: true }) as never) as unknown as Ajv2020;
const validators = new Map<string, ValidateFunction>();

/**
 * Checks an event of the pipeline against its contract.
 *
 * @throws Error with what differs.
 */
export function assertContract({ 'detail-type': type, detail }: { readonly 'detail-type': string; readonly 'detail': { readonly metadata: object } }): void {
  const isOfPipeline = 'commandId' in detail.metadata || 'fileId' in detail.metadata;
  const path = [join(SCHEMAS, 'events', `${type}.schema.json`), join(SCHEMAS, 'requests', `${type}.schema.json`)].find(existsSync);
  if (!isOfPipeline || !path) return;
  const validate = validators.get(path) ?? ajv.compile(JSON.parse(readFileSync(path, 'utf8')));
  validators.set(path, validate);
  if (!validate(detail)) throw new Error(`${type} breaks its contract: ${JSON.stringify(validate.errors)}\n${JSON.stringify(detail)}`);
}
