import { createHash } from 'node:crypto';
import { APIGatewayClient, GetApiKeyCommand } from '@aws-sdk/client-api-gateway';
import { clientConfig } from './client-config';

const client = new APIGatewayClient(clientConfig());

/** How long the values of keys are used. A key that is disabled or replaced works for so long. */
const MAX_AGE_MS = 300_000;
/** How long the values that are known are used after they could not be read again. */
const RETRY_AFTER_MS = 30_000;

/** Finds the ID of an enabled key by its value. */
export type FindApiKey = (value: string) => Promise<string | undefined>;

/**
 * Makes the function that finds one of some API keys by its value. It reads the values at most every five minutes, because API Gateway answers ten such
 * requests per second in an account; if that fails, it uses those that it has. It compares hashes, so that the time does not depend on the value.
 */
export function apiKeyFinder(ids: readonly string[], now = () => Date.now()): FindApiKey {
  let known: { readonly idsByHash: ReadonlyMap<string, string>; readonly at: number } | undefined;
  let reading: Promise<void> | undefined;
  const read = async (): Promise<void> => {
    try {
      known = { idsByHash: await readKeys(ids), at: now() };
    } catch (error) {
      if (!known) throw error;
      known = { ...known, at: now() - MAX_AGE_MS + RETRY_AFTER_MS };
    } finally {
      reading = undefined;
    }
  };
  return async (value) => {
    if (!known || now() - known.at > MAX_AGE_MS) await (reading ??= read());
    return known!.idsByHash.get(hashOf(value));
  };
}

async function readKeys(ids: readonly string[]): Promise<Map<string, string>> {
  const keys = await Promise.all(ids.map((apiKey) => client.send(new GetApiKeyCommand({ apiKey, includeValue: true }))));
  return new Map(keys.flatMap(({ id, value, enabled }) => (enabled && id !== undefined && value !== undefined ? [[hashOf(value), id]] : [])));
}

const hashOf = (value: string): string => createHash('sha256').update(value).digest('hex');
