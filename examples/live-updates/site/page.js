import { LiveUpdates } from './live-updates.js';

const element = (id) => document.getElementById(id);
const show = (id, isShown) => (element(id).hidden = !isShown);
/** What the API returns is shown as text, never as HTML. */
const setText = (id, text) => (element(id).textContent = text);

const config = fetch('config.json').then((response) => (response.ok ? response.json() : Promise.reject(new Error('config.json is missing: see README.md.'))));

let token;
let live;
/** The order that is shown. */
let watched;

function showError(message) {
  setText('error', message);
  show('error', message !== '');
}

/** Runs an action when a form is submitted, and shows its error. */
function onSubmit(id, action) {
  element(id).addEventListener('submit', async (event) => {
    event.preventDefault();
    showError('');
    await action(Object.fromEntries(new FormData(event.target))).catch((error) => showError(error.message));
  });
}

async function request(url, headers, body) {
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  const content = await response.json();
  if (!response.ok) throw new Error(content.detail ?? content.message ?? `The request failed with status ${response.status}.`);
  return content;
}

onSubmit('sign-in', async ({ username, password }) => {
  const { cognitoUrl, clientId, liveUpdatesUrl } = await config;
  const { AuthenticationResult } = await request(
    cognitoUrl,
    { 'Content-Type': 'application/x-amz-json-1.1', 'X-Amz-Target': 'AWSCognitoIdentityProviderService.InitiateAuth' },
    { AuthFlow: 'USER_PASSWORD_AUTH', ClientId: clientId, AuthParameters: { USERNAME: username, PASSWORD: password } },
  );
  token = AuthenticationResult.AccessToken;
  live = new LiveUpdates(liveUpdatesUrl, () => token);
  setText('user', username);
  for (const id of ['session', 'orders']) show(id, true);
  show('sign-in', false);
});

// The memory of the page is all that has the token.
element('sign-out').addEventListener('click', () => location.reload());

onSubmit('place-order', async ({ sku, quantity }) => {
  const { apiUrl } = await config;
  const order = { currency: 'EUR', items: [{ sku, quantity: Number(quantity), unitPrice: 1890 }] };
  const { orderId } = await request(`${apiUrl}/orders`, { 'Content-Type': 'application/json', 'Authorization': `Bearer ${token}`, 'Idempotency-Key': crypto.randomUUID() }, order);
  // The order is in the queue, and not stored yet.
  watch(orderId, true);
});

onSubmit('watch-order', async ({ orderId }) => watch(orderId.trim(), false));

function watch(orderId, awaited) {
  if (watched) live.unsubscribe({ orderId: watched });
  watched = orderId;
  setText('order-id', orderId);
  setText('order-status', 'waiting');
  setText('order-version', '0');
  element('events').replaceChildren();
  show('order', true);
  live.subscribe({ orderId }, {
    awaited,
    onState: ({ status, version }) => showStatus(orderId, status, version),
    onEvent: (event) => showEvent(orderId, event),
    onError: ({ detail }) => {
      show('order', false);
      showError(detail);
    },
  });
}

/** States can arrive in another sequence than that of their versions. */
function showStatus(orderId, status, version) {
  if (orderId !== watched || version < Number(element('order-version').textContent)) return;
  setText('order-status', status);
  setText('order-version', String(version));
}

function showEvent(orderId, { type, version = 0, data }) {
  if (orderId !== watched) return;
  const entry = document.createElement('li');
  entry.textContent = type;
  element('events').append(entry);
  if (data?.status) showStatus(orderId, data.status, version);
  else if (type === 'OrderRejected') showStatus(orderId, 'REJECTED', version);
}
