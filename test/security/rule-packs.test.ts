import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks, ServerlessChecks } from 'cdk-nag';
import { HardenedOrdersStack } from '../../examples/hardened/hardened-orders-stack';
import { runNag } from '../support/run-nag';
import { testApp } from '../support/test-app';
import { OrderPipeline } from 'cdk-order-pipeline';

const DOCUMENT = readFileSync(join(__dirname, '..', '..', 'docs', 'security.md'), 'utf8');
const ENV = { account: '111111111111', region: 'eu-central-1' };

const PACKS = {
  'NIST 800-53 r5': NIST80053R5Checks,
  'PCI DSS 3.2.1': PCIDSS321Checks,
  'HIPAA Security': HIPAASecurityChecks,
  'AWS Solutions': AwsSolutionsChecks,
  'Serverless': ServerlessChecks,
};

function withoutProps(): Stack {
  const stack = new Stack(testApp(), 'Shop', { env: ENV });
  new OrderPipeline(stack, 'Orders');
  return stack;
}

describe.each(Object.entries(PACKS))('%s', (name, Pack) => {
  const hardened = runNag(new HardenedOrdersStack(testApp(), 'HardenedOrders', { env: ENV }), [Pack]);

  test('reports nothing about the hardened example, of the pipeline or of the app, that has no reason', () => {
    expect(hardened.violations).toEqual([]);
    expect(hardened.suppressions.length).toBeGreaterThan(10);
  });

  test('reports as much about a pipeline without props, and has as many reasons in the hardened example, as docs/security.md states', () => {
    const before = runNag(withoutProps(), [Pack]).violations;
    expect(DOCUMENT).toContain(`| ${name} | ${before.length} | 0 | ${hardened.suppressions.length} |`);
  });
});

test('the hardened example states a reason for every rule that it does not follow, and none for a rule that it follows', () => {
  const { suppressions, template } = runNag(new HardenedOrdersStack(testApp(), 'HardenedOrders', { env: ENV }), Object.values(PACKS));
  const acknowledged: { id: string; reason: string }[] = template.toJSON().Metadata.cdk_nag.rules_to_suppress;
  const rulesOf = (ids: readonly string[]) => [...new Set(ids.map((id) => id.split('-').at(-1)))];
  const used = rulesOf(suppressions.map((entry) => entry.split(/[[ ]/)[0]));
  for (const { reason } of acknowledged) expect(reason.length).toBeGreaterThan(60);
  expect(rulesOf(acknowledged.map(({ id }) => id)).filter((rule) => !used.includes(rule))).toEqual([]);
});
