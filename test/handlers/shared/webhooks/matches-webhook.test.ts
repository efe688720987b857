import { matchesWebhook } from '../../../../handlers/shared';
import { sampleWebhook, sampleWebhookEvent } from '../../../support/sample-webhooks';

const event = sampleWebhookEvent({ tenant: 'acme' });
const withoutFacts = sampleWebhookEvent({ facts: {} });

test.each<[string, object, object]>([
  ['the type', { eventTypes: ['OrderConfirmed', 'OrderChanged'] }, { eventTypes: ['OrderConfirmed'] }],
  ['the tenant', { tenants: ['acme'] }, { tenants: ['globex'] }],
  ['the channel', { channels: ['api'] }, { channels: ['file', 'bus'] }],
  ['the customer', { customerIds: ['customer-1'] }, { customerIds: ['customer-2'] }],
  ['the currency', { currencies: ['USD', 'EUR'] }, { currencies: ['USD'] }],
  ['the sales channel', { salesChannels: ['web'] }, { salesChannels: ['shop'] }],
  ['one of the tags', { tags: ['b2b', 'gift'] }, { tags: ['b2b'] }],
  ['the minimum total', { minimumTotal: 10_000 }, { minimumTotal: 10_001 }],
  ['all filters at once', { currencies: ['EUR'], tags: ['gift'] }, { currencies: ['EUR'], tags: ['b2b'] }],
])('a webhook receives an event that matches %s, and no other', (_, matching, other) => {
  expect(matchesWebhook(sampleWebhook(matching), event)).toBe(true);
  expect(matchesWebhook(sampleWebhook(other), event)).toBe(false);
});

test.each(['customerIds', 'currencies', 'salesChannels', 'tags'])('a filter by %s matches no event without the fact', (name) => {
  expect(matchesWebhook(sampleWebhook({ [name]: ['x'] }), withoutFacts)).toBe(false);
  expect(matchesWebhook(sampleWebhook({ minimumTotal: 0 }), withoutFacts)).toBe(false);
});

test('a webhook without filters receives every event, and none when it is disabled', () => {
  expect(matchesWebhook(sampleWebhook(), withoutFacts)).toBe(true);
  expect(matchesWebhook(sampleWebhook({ enabled: false }), event)).toBe(false);
});

test('an event of another system without a channel came over the bus', () => {
  expect(matchesWebhook(sampleWebhook({ channels: ['bus'] }), sampleWebhookEvent({ metadata: {} }))).toBe(true);
});
