import { createHmac } from 'node:crypto';
import type { WebhookKey, WebhookSecretState } from './webhook';

/** The prefix of secrets in Standard Webhooks. */
const SECRET_PREFIX = 'whsec_';

/**
 * Derives the secret of a webhook from the signing secret of the pipeline. Secrets of other webhooks, and other versions, cannot be computed from it.
 */
export const deriveSecret = (signingSecret: string, { owner, webhookId }: WebhookKey, version: number): string =>
  SECRET_PREFIX + createHmac('sha256', signingSecret).update(JSON.stringify(['webhook secret', owner, webhookId, version])).digest('base64');

/** The versions of the secret that sign the deliveries of a webhook, the current one first. */
export function signingVersions({ secretVersion = 1, previousSecretUntil = 0 }: WebhookSecretState, now: number): number[] {
  return secretVersion > 1 && previousSecretUntil > now ? [secretVersion, secretVersion - 1] : [secretVersion];
}

/** The headers of a request that Standard Webhooks defines. */
export function signatureHeaders(eventId: string, body: string, secrets: readonly string[], now: number): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000));
  const signatures = secrets.map((secret) => `v1,${signatureOf(secret, `${eventId}.${timestamp}.${body}`)}`);
  return { 'webhook-id': eventId, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}

const signatureOf = (secret: string, content: string): string =>
  createHmac('sha256', Buffer.from(secret.replace(SECRET_PREFIX, ''), 'base64')).update(content).digest('base64');
