import { ApiError, OrdersApi } from './orders-api.js';
import { signIn } from './sign-in.js';

const POLL_INTERVAL_MS = 1000;
const POLL_TIMEOUT_MS = 60_000;

const element = (id) => document.getElementById(id);
const show = (id, isShown) => (element(id).hidden = !isShown);
/** What the API returns is shown as text, never as HTML. */
const setText = (id, text) => (element(id).textContent = text);

const config = fetch('config.json').then((response) => (response.ok ? response.json() : Promise.reject(new Error('config.json is missing: see README.md.'))));

let api;
/** The order that is shown. A response about another one comes too late. */
let shownOrderId;
let idempotencyKey = crypto.randomUUID();

/** Runs an action, and shows its error. */
async function run(action) {
  setText('error', '');
  show('error', false);
  try {
    await action();
  } catch (error) {
    setText('error', error.errors?.length > 0 ? linesOf(error.errors) : error.message);
    show('error', true);
  }
}

/** A line for each field that is wrong, with the label that it has in the form. */
const linesOf = (errors) => errors.map(({ path, message }) => `${labelOf(path)} ${message}`).join('\n');

function labelOf(path) {
  const control = element('place-order').elements.namedItem(path.split('/').at(-1));
  return control?.labels[0].firstChild.textContent.trim() ?? path;
}

/** Runs an action when a form is submitted, once at a time. */
function onSubmit(id, action) {
  const form = element(id);
  const button = form.querySelector('button');
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    button.disabled = true;
    await run(() => action(Object.fromEntries(new FormData(form)), form));
    button.disabled = false;
  });
}

onSubmit('sign-in', async ({ username, password }, form) => {
  const { apiUrl, ...cognito } = await config;
  const session = await signIn(cognito, username, password);
  form.reset();
  api = new OrdersApi(apiUrl, session);
  setText('user', username);
  setText('orders-heading', session.isOperator ? 'Confirmed orders of all customers' : 'Your orders');
  for (const id of ['session', 'shop']) show(id, true);
  show('sign-in', false);
  await listOrders();
});

// The memory of the page is all that has tokens and orders.
element('sign-out').addEventListener('click', () => location.reload());

// The API validates orders: rules of the page could differ from its rules.
onSubmit('place-order', async ({ article, quantity, note }, form) => {
  const order = { items: [{ article, quantity: Number(quantity) }], ...(note === '' ? {} : { note }) };
  const { orderId, status } = await api.place(order, idempotencyKey);
  idempotencyKey = crypto.randomUUID();
  form.reset();
  showOrder({ orderId, status, order });
  await followOrder(orderId);
});
// A changed form is another order.
element('place-order').addEventListener('input', () => (idempotencyKey = crypto.randomUUID()));

onSubmit('find-order', async ({ orderId }) => {
  showOrder(undefined);
  showOrder(await api.get(orderId.trim()));
});

element('cancel-order').addEventListener('click', () => run(async () => {
  const orderId = shownOrderId;
  await api.cancel(orderId);
  await followOrder(orderId, (order) => order.status !== 'CONFIRMED');
}));

element('list-orders').addEventListener('click', () => run(listOrders));

/** Shows an order until it has an outcome: the API accepts orders and cancellations before they are processed. */
async function followOrder(orderId, hasOutcome = () => true) {
  const deadline = Date.now() + POLL_TIMEOUT_MS;
  while (Date.now() < deadline && shownOrderId === orderId) {
    const order = await acceptedOrder(orderId);
    if (shownOrderId !== orderId) return;
    if (order && hasOutcome(order)) {
      showOrder(order);
      return listOrders();
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL_MS));
  }
  if (shownOrderId === orderId) throw new Error('The order is still being processed. Show it again later.');
}

/** Returns an order; undefined while it is in the queue. */
async function acceptedOrder(orderId) {
  try {
    return await api.get(orderId);
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}

function showOrder(order) {
  shownOrderId = order?.orderId;
  show('found', order !== undefined);
  if (!order) return;
  setText('order-id', order.orderId);
  setText('order-status', statusOf(order));
  setText('order-contents', contentsOf(order));
  show('cancel-order', order.status === 'CONFIRMED');
}

const statusOf = ({ status, rejection }) => (rejection ? `${status}: ${rejection.reason}\n${linesOf(rejection.errors)}` : status);

function contentsOf({ order }) {
  if (!order) return 'none';
  const items = order.items.map(({ article, quantity }) => `${quantity} × ${nameOf(article)}`).join(', ');
  return order.note ? `${items} (${order.note})` : items;
}

const nameOf = (article) => document.querySelector(`option[value="${CSS.escape(article)}"]`)?.textContent ?? article;

async function listOrders() {
  const { items } = await api.list();
  element('orders').replaceChildren(...items.map(orderRow));
}

function orderRow({ orderId, status, createdAt }) {
  const row = document.createElement('tr');
  for (const text of [orderId, status, new Date(createdAt).toLocaleString()]) row.insertCell().textContent = text;
  return row;
}
