import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';

interface PublishedEvent {
  readonly 'detail-type': string;
  readonly 'detail': { readonly metadata: object };
}

/** Makes the check of events against contracts. It throws an error with what differs. */
export function contractsAssertion(contracts: string): (event: PublishedEvent) => void {
  const ajv = addFormats(new Ajv2020({ strict: false, allErrors: true }) as never) as unknown as Ajv2020;
  const validators = new Map<string, ValidateFunction>();
  return ({ 'detail-type': type, detail }) => {
    // Requests of other systems have a contract of their own, and tests break it on purpose.
    const isOfPipeline = 'commandId' in detail.metadata || 'fileId' in detail.metadata;
    const path = join(contracts, 'schemas', 'events', `${type}.schema.json`);
    if (!isOfPipeline || !existsSync(path)) return;
    const validate = validators.get(path) ?? ajv.compile(JSON.parse(readFileSync(path, 'utf8')));
    validators.set(path, validate);
    if (!validate(detail)) throw new Error(`${type} breaks its contract: ${JSON.stringify(validate.errors)}\n${JSON.stringify(detail)}`);
  };
}

/** Checks an event against the contracts of the standard model. */
export const assertContract = contractsAssertion(join(__dirname, '..', '..', 'contracts'));
