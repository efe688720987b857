import { formatNextSteps } from '../../../cli/local/format-next-steps';

const stack = (outputs: Record<string, string>) => ({ name: 'Shop', status: 'CREATE_COMPLETE', outputs });
const TRY = 'npx cdk-order-pipeline try --stack Shop --region us-east-1';

test('prints how to place an order in each pipeline, to open its console, and to stop the local AWS', () => {
  expect(formatNextSteps([stack({ OrdersTryCommand: TRY, OrdersApiUrl: 'https://example.com' }), stack({})], undefined)).toBe(`
The local AWS keeps running. Place an order, and open the console:
  npx cdk-order-pipeline local -- ${TRY}
  npx cdk-order-pipeline local -- npx cdk-order-pipeline console --stack Shop --region us-east-1 --allow-changes --show-contents
Stop it, which deletes everything in it:
  npx cdk-order-pipeline local --stop
`);
});

test('does not stop a local AWS that it did not start', () => {
  expect(formatNextSteps([stack({ OrdersTryCommand: TRY })], 'http://127.0.0.1:4566')).toBe(`
The local AWS keeps running. Place an order, and open the console:
  npx cdk-order-pipeline local --endpoint http://127.0.0.1:4566 -- ${TRY}
  npx cdk-order-pipeline local --endpoint http://127.0.0.1:4566 -- npx cdk-order-pipeline console --stack Shop --region us-east-1 --allow-changes --show-contents
`);
});

test('without a pipeline, only prints how to stop it', () => {
  expect(formatNextSteps([], undefined)).not.toContain(' -- ');
});
