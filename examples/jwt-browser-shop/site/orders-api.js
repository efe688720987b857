/** A response that is not a success, as `application/problem+json`: what is wrong, and with which fields. */
export class ApiError extends Error {
  constructor(status, { detail, message, errors = [] }) {
    super(detail ?? message ?? `The API answered with ${status}.`);
    this.status = status;
    this.errors = errors;
  }
}

/** The API of the pipeline, for the user of a session. */
export class OrdersApi {
  constructor(apiUrl, session) {
    this.apiUrl = apiUrl;
    this.session = session;
  }

  /** Repeating the request with the same key places the order once. */
  place(order, idempotencyKey) {
    return this.request('/orders', { method: 'POST', body: order, headers: { 'Idempotency-Key': idempotencyKey } });
  }

  get(orderId) {
    return this.request(`/orders/${encodeURIComponent(orderId)}`);
  }

  /** The newest orders: those of the customer, or for an operator the confirmed ones of all customers. */
  list() {
    return this.request(`/orders?limit=10${this.session.isOperator ? '&status=CONFIRMED' : ''}`);
  }

  cancel(orderId) {
    return this.request(`/orders/${encodeURIComponent(orderId)}/cancellation`, { method: 'POST', body: { reason: 'cancelled in the shop' } });
  }

  async request(path, { method = 'GET', headers = {}, body } = {}) {
    if (this.session.hasExpired) throw new Error('The session has expired. Sign out, and sign in again.');
    const response = await fetch(`${this.apiUrl}${path}`, {
      method,
      headers: { ...headers, 'Authorization': `Bearer ${this.session.token}`, ...(body ? { 'Content-Type': 'application/json' } : {}) },
      body: body && JSON.stringify(body),
    }).catch(() => {
      // Also an error of API Gateway itself, which a page of another origin may not read.
      throw new Error('The API did not respond. Try again; if that does not help, sign out and in again.');
    });
    const content = await response.json();
    if (!response.ok) throw new ApiError(response.status, content);
    return content;
  }
}
