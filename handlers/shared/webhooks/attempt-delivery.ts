import type { Delivery, DeliveryAttempt } from './delivery';
import { addressCheck } from './public-address';
import { addressesOf, type Resolve } from './resolve-host';
import { sendRequest, type WebhookResponse } from './send-request';
import { signatureHeaders } from './signature';
import { hostOf, webhookUrlErrors } from './webhook-url';
import type { WebhookSettings } from '../../../src/private/contract';

/** What follows from an attempt: the delivery is made, is retried, or has failed; or the receiver wants no more deliveries. */
export type AttemptResult = 'DELIVERED' | 'RETRY' | 'FAILED' | 'GONE';

export interface AttemptOutcome {
  readonly attempt: DeliveryAttempt;
  readonly result: AttemptResult;
  /** How long the receiver wants no requests, in milliseconds. */
  readonly retryAfter?: number;
}

/** An attempt that is over before a request is sent. */
class NotSent extends Error {
  constructor(readonly code: string, readonly isPermanent: boolean) {
    super(code);
  }
}

/**
 * Sends one request with an event, and returns what follows. It does not throw. The address is checked at each attempt, because the addresses of a
 * name can change.
 *
 * @param url     the URL of the webhook.
 * @param secrets those that sign the request.
 */
export async function attemptDelivery(
  { eventId, payload }: Pick<Delivery, 'eventId' | 'payload'>, url: string, secrets: readonly string[], settings: WebhookSettings, resolve: Resolve,
): Promise<AttemptOutcome> {
  const started = Date.now();
  const finish = (result: AttemptResult, rest: Pick<DeliveryAttempt, 'statusCode' | 'error' | 'responseBody'>, retryAfter?: number): AttemptOutcome => {
    const attempt = { attemptedAt: new Date(started).toISOString(), duration: Date.now() - started, ...rest };
    return { attempt, result, ...(retryAfter ? { retryAfter } : {}) };
  };
  const signal = AbortSignal.timeout(settings.requestTimeout * 1000);
  try {
    const addresses = await within(signal, checkedAddresses(url, settings, resolve));
    const headers = { ...HEADERS, ...signatureHeaders(eventId, payload, secrets, started) };
    const response = await sendRequest({ url, headers, body: payload, addresses, signal });
    const { result, error } = resultOf(response);
    return finish(result, { statusCode: response.statusCode, responseBody: response.body, ...(error ? { error } : {}) }, retryAfterOf(response));
  } catch (error) {
    return finish(error instanceof NotSent && error.isPermanent ? 'FAILED' : 'RETRY', { error: signal.aborted ? 'TIMEOUT' : codeOf(error) });
  }
}

const HEADERS = { 'Content-Type': 'application/json', 'User-Agent': 'cdk-order-pipeline-webhooks' };

async function checkedAddresses(url: string, settings: WebhookSettings, resolve: Resolve) {
  const [error] = webhookUrlErrors(url, settings);
  if (error) throw new NotSent(error.code, true);
  const addresses = await addressesOf(hostOf(new URL(url)), resolve).catch(() => { throw new NotSent('DNS_FAILED', false); });
  const isAllowed = addressCheck(settings.allowedNetworks);
  if (!addresses.every(({ address }) => isAllowed(address))) throw new NotSent('ADDRESS_NOT_ALLOWED', true);
  return addresses;
}

/** Resolving a name cannot be aborted, but not waited for. */
const within = <T>(signal: AbortSignal, work: Promise<T>): Promise<T> => Promise.race([work, new Promise<never>((_, reject) => {
  signal.addEventListener('abort', () => reject(new NotSent('TIMEOUT', false)), { once: true });
})]);

function resultOf({ statusCode }: WebhookResponse): { readonly result: AttemptResult; readonly error?: string } {
  if (statusCode >= 200 && statusCode < 300) return { result: 'DELIVERED' };
  if (statusCode === 410) return { result: 'GONE', error: 'GONE' };
  return { result: 'RETRY', error: statusCode >= 300 && statusCode < 400 ? 'REDIRECT' : 'HTTP_STATUS' };
}

/** The header `Retry-After` in seconds, of a receiver that limits requests or is down for maintenance. */
const retryAfterOf = ({ statusCode, retryAfter = '' }: WebhookResponse): number | undefined =>
  ((statusCode === 429 || statusCode === 503) && /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) * 1000 : undefined);

function codeOf(error: unknown): string {
  if (error instanceof NotSent) return error.code;
  const { code = '' } = error as { readonly code?: string };
  return /^(ERR_TLS|CERT_|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/.test(code) ? 'TLS_FAILED' : 'CONNECTION_FAILED';
}
