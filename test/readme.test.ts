import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withDrawnPart } from '../scripts/drawn-part';
import { withOrderStates } from '../scripts/order-states-diagram';

test('the README draws the life of an order as the handlers live it; else run "npm run readme"', () => {
  const readme = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');
  expect(withOrderStates(readme)).toBe(readme);
});

test('fails when a document has no place for a drawn part', () => {
  expect(() => withDrawnPart('# Title', 'edges', '')).toThrow(new Error('the document must have <!-- edges --> and <!-- /edges -->'));
});
