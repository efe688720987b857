import { erasableModel } from '../../../cli/erase/erasable-model';

const OWN = { orderId: '/number', customerId: '/buyer/id' };
const schema = (buyer: object) => ({ type: 'object', properties: { number: { type: 'string' }, buyer: { type: 'object', ...buyer } } });

test('without a model of its own, a pipeline has the standard model', () => {
  expect(erasableModel()).toMatchObject({ customerPath: '/customerId', pointers: expect.arrayContaining(['/email', '/notes']) });
});

test('fields that the command line names are added', () => {
  expect(erasableModel({ ...OWN, schema: schema({}) }, ['/buyer/name']).pointers).toEqual(['/buyer/id', '/buyer/name']);
});

test.each<[string, Parameters<typeof erasableModel>, string]>([
  ['marks nothing', [{ ...OWN, schema: schema({}) }], 'the order model marks no field as personal: set "x-personal-data": true'],
  ['has no customer', [{ orderId: '/number', schema: schema({}) }, ['/buyer']], 'give `customerId` to OrderModel.fromJsonSchema'],
  ['has a schema that is too large', [OWN], 'the schema of the order model is too large for the template'],
  ['marks the ID of the order', [{ ...OWN, schema: schema({}) }, ['/number']], '/number contains the ID of the order, which stays'],
])('fails when the model %s', (_, args, message) => {
  expect(() => erasableModel(...args)).toThrow(message);
});
