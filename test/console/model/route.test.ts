import * as fc from 'fast-check';
import { fragmentOf, parseRoute, tokenIn, VIEWS } from '../../../console/model/route';

test('a fragment selects a view, an order and its tenant', () => {
  expect(parseRoute('#/orders/order-1?tenant=acme')).toEqual({ view: 'orders', id: 'order-1', query: { tenant: 'acme' } });
  expect(parseRoute('#/dead-letters')).toEqual({ view: 'dead-letters', query: {} });
});

test.each(['', '#', '#/', '#/unknown/1?tenant=acme', '#/constructor', '#pipelines'])('the fragment "%s" selects the first view', (fragment) => {
  expect(parseRoute(fragment)).toEqual({ view: 'pipeline', query: {} });
});

test('an ID that is not encoded correctly is read as it is', () => {
  expect(parseRoute('#/orders/100%')).toMatchObject({ view: 'orders', id: '100%' });
});

test('every ID and every query comes back from its fragment', () => {
  fc.assert(fc.property(fc.constantFrom(...VIEWS), fc.string({ minLength: 1, unit: 'binary' }), fc.string({ unit: 'binary' }), (view, id, tenant) => {
    fc.pre(id.isWellFormed() && tenant.isWellFormed());
    expect(parseRoute(fragmentOf(view, id, { tenant }))).toEqual({ view, id, query: tenant === '' ? {} : { tenant } });
  }));
});

test('parameters without a value are left out of a fragment', () => {
  expect(fragmentOf('events', undefined, { type: 'OrderPlaced', orderId: '', tenant: undefined })).toBe('#/events?type=OrderPlaced');
});

test('the token of a run is the fragment that the command prints, and no view is one', () => {
  expect(tokenIn('#bYSdPUj6-mjmeOGVIkVolcVwl1Vock0B7npUbrXsYok')).toBe('bYSdPUj6-mjmeOGVIkVolcVwl1Vock0B7npUbrXsYok');
  for (const fragment of ['', '#', '#short', ...VIEWS.map((view) => fragmentOf(view, 'an-order-with-a-long-id'))]) expect(tokenIn(fragment)).toBeUndefined();
});
