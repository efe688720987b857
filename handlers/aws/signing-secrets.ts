import { GetSecretValueCommand, ResourceNotFoundException, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { deriveSecret, signingVersions, type Webhook } from '#shared';
import { clientConfig } from './client-config';

const client = new SecretsManagerClient(clientConfig());

/** How long values are kept in memory. After a rotation in Secrets Manager, the previous value signs as well, so that receivers miss nothing. */
const CACHE_MS = 300_000;

const cache = new Map<string, { readonly values: Promise<readonly string[]>; readonly until: number }>();

/** The current value of a secret and, after a rotation, the previous one. */
function secretValues(SecretId: string): Promise<readonly string[]> {
  const cached = cache.get(SecretId);
  if (cached && cached.until > Date.now()) return cached.values;
  const values = Promise.all([valueOf(SecretId, 'AWSCURRENT'), valueOf(SecretId, 'AWSPREVIOUS')])
    .then(([current, previous]) => [current!, ...(previous === undefined || previous === current ? [] : [previous])]);
  cache.set(SecretId, { values, until: Date.now() + CACHE_MS });
  values.catch(() => cache.delete(SecretId));
  return values;
}

async function valueOf(SecretId: string, VersionStage: 'AWSCURRENT' | 'AWSPREVIOUS'): Promise<string | undefined> {
  try {
    return (await client.send(new GetSecretValueCommand({ SecretId, VersionStage }))).SecretString;
  } catch (error) {
    // A secret that was never rotated has no previous value.
    if (VersionStage === 'AWSPREVIOUS' && error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

/** The secrets that sign the deliveries of a webhook, the current one first. */
export async function webhookSecrets(webhook: Webhook, signingSecretArn: string): Promise<string[]> {
  if (webhook.secretArn !== undefined) return [...await secretValues(webhook.secretArn)];
  const roots = await secretValues(signingSecretArn);
  return roots.flatMap((root) => signingVersions(webhook, Date.now()).map((version) => deriveSecret(root, webhook, version)));
}
