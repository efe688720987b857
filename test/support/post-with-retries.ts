import type { ApiResponse, OrdersApi } from './orders-api';

const MAX_ATTEMPTS = 5;

/**
 * Posts an order, and retries after a 5xx response as clients should: an order ID or idempotency key makes the retry safe, because the first
 * attempt may have been accepted. On a busy machine, a hundred concurrent cold starts exceed the timeout of the functions.
 */
export async function postWithRetries(
  api: OrdersApi, order: unknown, headers?: Record<string, string>,
): Promise<ApiResponse & { readonly attempts: number }> {
  for (let attempts = 1; ; attempts++) {
    const response = await api.post(order, headers);
    if (response.status < 500 || attempts === MAX_ATTEMPTS) return { ...response, attempts };
  }
}
