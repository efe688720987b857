import { Aspects, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { TokenAuthorizer } from 'aws-cdk-lib/aws-apigateway';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { AwsSolutionsChecks, ServerlessChecks, type INagLogger, type NagLoggerErrorData, type NagLoggerNonComplianceData } from 'cdk-nag';
import { FullOrdersStack } from '../../examples/full/full-orders-stack';
import { everythingOn, EVERYTHING_ON_ENV } from '../support/everything-on';
import { testApp } from '../support/test-app';
import { OrderPipeline } from 'cdk-order-pipeline';

/** What cdk-nag says of a stack: rules that are broken, and those that are acknowledged, each with where. */
function checked(stack: Stack): { broken: string[]; acknowledged: string[]; template: Template } {
  const [broken, acknowledged]: string[][] = [[], []];
  const sayOf = (published: string[]) => ({ ruleId, resource, ...data }: NagLoggerNonComplianceData | NagLoggerErrorData) =>
    void published.push(`${ruleId}${'findingId' in data && data.findingId ? `[${data.findingId}]` : ''} of ${resource.node.path}`);
  const nothing = () => undefined;
  const logger: INagLogger = {
    onNonCompliance: sayOf(broken),
    onSuppressed: sayOf(acknowledged),
    // A rule that could not be checked is no rule that is kept.
    onError: sayOf(broken),
    onSuppressedError: sayOf(broken),
    onCompliance: nothing,
    onNotApplicable: nothing,
  };
  for (const Pack of [AwsSolutionsChecks, ServerlessChecks]) Aspects.of(stack).add(new Pack({ reports: false, additionalLoggers: [logger] }));
  return { template: Template.fromStack(stack), broken, acknowledged };
}

/** A stack, `Test`, with one pipeline, `Orders`. */
function stackWith(props: (stack: Stack) => ConstructorParameters<typeof OrderPipeline>[2], env?: object): Stack {
  const stack = new Stack(testApp(), 'Test', { env });
  new OrderPipeline(stack, 'Orders', props(stack));
  return stack;
}

/** Stacks, each with what it has besides the pipeline and the pipeline did not make: that is for the app to judge. */
const STACKS: readonly [name: string, stack: () => Stack, notOurs: readonly string[]][] = [
  ['of the minimal example', () => stackWith(() => undefined), []],
  ['of the full example', () => new FullOrdersStack(testApp(), 'FullOrders', { local: false }),
    ['ValidationHook', 'AlertsQueue', 'AlertsDeadLetterQueue', 'EventLogQueue', 'EventLogDeadLetterQueue', 'LargeOrdersQueue'].map((id) => `FullOrders/${id}`)],
  ['with everything on', () => stackWith(everythingOn, EVERYTHING_ON_ENV),
    ['Test/Key', 'Test/Alarms', 'Test/Orders/Files/AlertTopic/https:----example.com--alerts']],
];

describe.each(STACKS)('the stack %s', (_, create, notOurs) => {
  const { broken, acknowledged, template } = checked(create());

  test('breaks no rule of AWS Solutions and Serverless that is not acknowledged', () => {
    const ours = broken.filter((finding) => !notOurs.some((path) => finding.includes(` of ${path}/`)));
    expect(ours).toEqual([]);
    expect(acknowledged.length).toBeGreaterThan(50);
  });

  test('has acknowledgements that a reviewer can read in the template', () => {
    const resources: { Metadata?: { cdk_nag?: { rules_to_suppress: { reason: string }[] } } }[] = Object.values(template.toJSON().Resources);
    const reasons = resources.flatMap(({ Metadata }) => Metadata?.cdk_nag?.rules_to_suppress ?? []).map(({ reason }) => reason);
    expect(reasons.length).toBeGreaterThan(50);
    for (const reason of reasons) expect(reason).toMatch(/^[\x20-\xFF]{20,130}$/);
  });
});

describe('what is for the app to decide', () => {
  const brokenOn = (part: string, found: string[]) => [...new Set(found.filter((finding) => finding.includes(part)).map((finding) => finding.split(' of ')[0]))];

  test('an API that anybody can call is not acknowledged', () => {
    const { broken } = checked(stackWith(() => ({ apiKeyRequired: false })));
    expect(brokenOn('/Api/', broken).sort()).toEqual(['AwsSolutions-APIG4', 'AwsSolutions-COG4']);
  });

  test('an authorizer of the app is acknowledged to be no user pool, and needs no more', () => {
    const { broken, acknowledged } = checked(stackWith((stack) =>
      ({ authorizer: new TokenAuthorizer(stack, 'Authorizer', { handler: Function.fromFunctionName(stack, 'Handler', 'authorize') }) })));
    expect(brokenOn('/Api/', broken)).toEqual([]);
    expect(acknowledged.filter((finding) => finding.startsWith('AwsSolutions-APIG4'))).toEqual([]);
  });

  test('an API behind a web ACL needs no acknowledgement', () => {
    const webAclArn = 'arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/orders/0a1b';
    const { broken, acknowledged } = checked(stackWith(() => ({ webAclArn })));
    expect([...broken, ...acknowledged].filter((finding) => finding.startsWith('AwsSolutions-APIG3'))).toEqual([]);
  });
});
