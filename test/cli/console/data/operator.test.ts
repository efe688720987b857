import { correlationIdOf, operatorIn } from '../../../../cli/console/data/operator';
import { isCorrelationId } from '../../../../handlers/shared/telemetry/id-formats';

test.each([
  ['arn:aws:sts::123456789012:assumed-role/Operators/alice@example.com', 'arn:aws:sts::123456789012:assumed-role:Operators:alice-example.com'],
  ['arn:aws:iam::123456789012:user/bob', 'arn:aws:iam::123456789012:user:bob'],
])('the correlation ID of a command names the operator %s, and the API accepts it', (identity, operator) => {
  const id = correlationIdOf(identity);
  expect(isCorrelationId(id)).toBe(true);
  expect(operatorIn(id)).toBe(operator);
});

test('of a long identity, it has the end, which distinguishes operators', () => {
  const id = correlationIdOf(`arn:aws:sts::123456789012:assumed-role/${'x'.repeat(200)}/alice`);
  expect(isCorrelationId(id)).toBe(true);
  expect(operatorIn(id)).toMatch(/x:alice$/);
});

test('two commands have different ones', () => {
  expect(correlationIdOf('a')).not.toBe(correlationIdOf('a'));
});

test.each(['checkout-1', 'console:', 'console:alice', undefined, 7])('other correlation IDs name no operator: %s', (id) => {
  expect(operatorIn(id)).toBeUndefined();
});
