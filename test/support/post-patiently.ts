import type { Answer, OrdersApi } from './orders-api';

const MOST_TRIES = 5;

/**
 * Places an order as a client should, by an id or key of its own: after a 5xx it tries again, and cannot know whether the order was taken before.
 * On a busy machine, a hundred cold starts at once take longer than the functions have.
 */
export async function postPatiently(api: OrdersApi, order: unknown, headers?: Record<string, string>): Promise<Answer & { readonly tries: number }> {
  for (let tries = 1; ; tries++) {
    const answer = await api.post(order, headers);
    if (answer.status < 500 || tries === MOST_TRIES) return { ...answer, tries };
  }
}
