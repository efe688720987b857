import { readFileSync } from 'node:fs';
import { describeModel, type ModelPointers } from './describe-model';
import type { JsonSchema } from './json-schema';
import { extendStandardSchema, standardModelWith } from './standard-extension';
import { STANDARD_ORDER_MODEL } from './standard-order-model';
import { STANDARD_ORDER_SCHEMA } from './standard-order-schema';
import { validateSchema } from './validate-schema';
import type { OrderModelDescription } from '../contract';

/** A model: its schema, and what handlers know of it besides. */
export interface LoadedModel {
  readonly schema: JsonSchema;
  readonly description: OrderModelDescription;
}

export const STANDARD_MODEL: LoadedModel = { schema: STANDARD_ORDER_SCHEMA, description: STANDARD_ORDER_MODEL };

/**
 * Loads the standard model, with the fields of an extension.
 *
 * @throws Error with the path in the extension.
 */
export function loadStandardModel(extensionPath?: string): LoadedModel {
  if (extensionPath === undefined) return STANDARD_MODEL;
  const extension = readSchema(extensionPath) as JsonSchema;
  return inFile(extensionPath, () => ({ schema: validateSchema(extendStandardSchema(extension)), description: standardModelWith(extension) }));
}

/**
 * Loads a model of an app.
 *
 * @throws Error with the path in the schema.
 */
export function loadModel(path: string, pointers: ModelPointers): LoadedModel {
  const candidate = readSchema(path);
  const schema = inFile(path, () => validateSchema(candidate));
  return { schema, description: inFile(path, () => describeModel(schema, pointers)) };
}

const readSchema = (path: string): unknown => inFile(path, () => JSON.parse(readFileSync(path, 'utf8')) as unknown);

/** Names the file in errors. */
function inFile<Result>(path: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw new Error(`OrderModel: ${path}: ${(error as Error).message}`);
  }
}
