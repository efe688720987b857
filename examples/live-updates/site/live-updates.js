/** API Gateway closes a connection that is idle for ten minutes, and every connection after two hours. */
const PING_INTERVAL_MS = 5 * 60_000;
const LONGEST_PAUSE_MS = 30_000;
const keyOf = ({ orderId, customerId, fileId }) => JSON.stringify([orderId, customerId, fileId]);

/** Live updates of orders, customers and files. Opens another connection when one ends, and misses nothing: it resumes after the last message. */
export class LiveUpdates {
  #subscriptions = new Map();
  #attempts = 0;

  /** @param token returns a valid token, also for the connections that follow the first one. */
  constructor(url, token) {
    Object.assign(this, { url, token });
    this.#connect();
    this.pings = setInterval(() => this.#send({ action: 'ping' }), PING_INTERVAL_MS);
  }

  /** Calls `onState` with the state of a target such as `{ orderId }`, and `onEvent` once with each event. `awaited` is for an order that was just placed. */
  subscribe(target, { onState, onEvent, onError, awaited = false }) {
    const subscription = { target, onState, onEvent, onError, awaited, seen: new Set() };
    this.#subscriptions.set(keyOf(target), subscription);
    this.#request(subscription);
  }

  unsubscribe(target) {
    if (this.#subscriptions.delete(keyOf(target))) this.#send({ action: 'unsubscribe', ...target });
  }

  close() {
    clearInterval(this.pings);
    this.isClosed = true;
    this.socket?.close();
  }

  /** Browsers cannot set headers: the token is one of two subprotocols, and the server selects the other one. */
  async #connect() {
    this.socket = new WebSocket(this.url, ['order-updates.v1', `bearer.${await this.token()}`]);
    this.socket.onopen = () => this.#subscriptions.forEach((subscription) => this.#request(subscription));
    this.socket.onmessage = ({ data }) => this.#receive(JSON.parse(data));
    // Clients that pause at random do not all return at once after an outage.
    this.socket.onclose = () => this.isClosed || setTimeout(() => this.#connect(), Math.random() * Math.min(LONGEST_PAUSE_MS, 500 * 2 ** this.#attempts++));
  }

  #request({ target, last, awaited }) {
    this.#send({ action: 'subscribe', ...target, ...(last ? { after: last } : {}), ...(awaited ? { awaited } : {}) });
  }

  #send(message) {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  #receive({ type, id, state, event, ...message }) {
    this.#attempts = 0;
    const subscription = this.#subscriptions.get(keyOf(message));
    if (type === 'error') return subscription?.onError?.(message);
    if (id > (subscription?.last ?? '')) subscription.last = id;
    if (type === 'subscribed' && state) subscription?.onState?.(state);
    // An event can arrive more than once, and after a newer one: of two versions of an order, the higher one is newer.
    if (type === 'event' && subscription && !subscription.seen.has(event.eventId)) subscription.seen.add(event.eventId) && subscription.onEvent?.(event);
  }
}
