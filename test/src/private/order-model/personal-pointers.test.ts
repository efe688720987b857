import { personalPointers } from '../../../../src/private/order-model/personal-pointers';
import { STANDARD_ORDER_SCHEMA } from '../../../../src/private/order-model/standard-order-schema';

const marked = { 'x-personal-data': true };

test('the personal fields of the standard model are the customer, addresses and texts', () => {
  expect(personalPointers(STANDARD_ORDER_SCHEMA)).toEqual(['/customerId', '/email', '/shippingAddress', '/billingAddress', '/notes', '/attributes']);
});

test('fields are found in lists, alternatives, references and objects with any keys', () => {
  const schema = {
    properties: {
      'lines': { items: { properties: { engraving: marked } } },
      'buyer': { anyOf: [{ properties: { name: marked } }, { $ref: '#/$defs/company' }] },
      'contacts': { additionalProperties: marked },
      'a/b': marked,
      'plain': { 'x-personal-data': false },
      'pair': { prefixItems: [{}, marked] },
    },
    $defs: { company: { properties: { contact: marked, parent: { $ref: '#/$defs/company' } } } },
  };
  const pointers = personalPointers(schema);
  expect(pointers).toEqual(expect.arrayContaining(['/lines/*/engraving', '/buyer/name', '/buyer/contact', '/contacts/*', '/a~1b', '/pair/*', '/buyer/parent/contact']));
  expect(pointers).not.toContain('/plain');
});
