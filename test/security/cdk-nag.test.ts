import { Duration, Stack } from 'aws-cdk-lib';
import { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { InterfaceVpcEndpoint, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { FullOrdersStack } from '../../examples/full/full-orders-stack';
import { everythingOn, EVERYTHING_ON_ENV } from '../support/everything-on';
import { SOURCE_ENV, SOURCES } from '../support/order-sources';
import { runNag } from '../support/run-nag';
import { step } from '../support/sample-workflow';
import { testApp } from '../support/test-app';
import { OrderApi, OrderAuthentication, OrderPipeline, OrderSaga, OrderSagaStep } from 'cdk-order-pipeline';

/** A stack, `Test`, with one pipeline, `Orders`. */
function stackWith(props: (stack: Stack) => ConstructorParameters<typeof OrderPipeline>[2], env?: object): Stack {
  const stack = new Stack(testApp(), 'Test', { env });
  new OrderPipeline(stack, 'Orders', props(stack));
  return stack;
}

const endpointIn = (stack: Stack) => InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(stack, 'Endpoint', { vpcEndpointId: 'vpce-1', port: 443 });
const certificateIn = (stack: Stack) =>
  Certificate.fromCertificateArn(stack, 'Certificate', stack.formatArn({ service: 'acm', resource: 'certificate', resourceName: '1' }));

/** Stacks, each with the paths of resources that the pipeline did not create. Their rules are the responsibility of the app. */
const STACKS: readonly [name: string, stack: () => Stack, appPaths: readonly string[]][] = [
  ['of the minimal example', () => stackWith(() => undefined), []],
  ['of the full example', () => new FullOrdersStack(testApp(), 'FullOrders', { local: false }),
    ['ValidationHook', 'AlertsQueue', 'AlertsDeadLetterQueue', 'EventLogQueue', 'EventLogDeadLetterQueue', 'LargeOrdersQueue', 'PartnerDeadLetterQueue', 'Services']
      .map((id) => `FullOrders/${id}`)],
  ['with an HTTP API', () => stackWith(() => ({ api: OrderApi.http(), authentication: OrderAuthentication.iam(), cors: { allowOrigins: ['*'] } })), []],
  ['with everything on', () => stackWith(everythingOn, EVERYTHING_ON_ENV),
    ['Test/Key', 'Test/Alarms', 'Test/Orders/Files/AlertTopic/https:----example.com--alerts']],
  ['with live updates and API keys', () => stackWith(() => ({ liveUpdates: {} })), []],
  ['with live updates and an HTTP API', () => stackWith(() => ({
    api: OrderApi.http(), authentication: OrderAuthentication.iam(), liveUpdates: {},
  })), []],
  ['with its functions in a VPC of the app', () => stackWith((stack) => ({ vpc: new Vpc(stack, 'Vpc') })), ['Test/Vpc']],
  ['with a private API', () => stackWith((stack) => ({ api: OrderApi.privateRest({ vpcEndpoints: [endpointIn(stack)] }) })), []],
  ['with a custom domain name of an HTTP API', () => stackWith((stack) => ({
    api: OrderApi.http(), authentication: OrderAuthentication.iam(), domain: { domainName: 'orders.example.com', certificate: certificateIn(stack) },
  })), []],
  ['with workflows', () => {
    const stack = stackWith(() => undefined);
    const steps = [step(stack, 'Pay'), OrderSagaStep.answer('Ship', { timeout: Duration.days(5), reminders: [Duration.days(1)] })];
    (stack.node.findChild('Orders') as OrderPipeline).addWorkflow('Fulfill', { definition: new OrderSaga(stack, 'Saga', { steps }) });
    return stack;
  }, []],
  ['with every kind of source', () => stackWith((stack) => ({ sources: Object.values(SOURCES).map((source) => source(stack)), fileIngest: false }), SOURCE_ENV),
    ['Queue', 'DeadLetters', 'Topic'].map((id) => `Test/${id}`)],
  ['with an API of the app', () => stackWith((stack) => ({ api: OrderApi.fromRestApi(new RestApi(stack, 'Shop')) })),
    ['Test/Shop/Resource', 'Test/Shop/CloudWatchRole', 'Test/Shop/DeploymentStage.prod']],
];

describe.each(STACKS)('the stack %s', (_, create, appPaths) => {
  const { violations, suppressions, template } = runNag(create());

  test('violates no rule of AWS Solutions and Serverless that is not suppressed', () => {
    const violationsOfPipeline = violations.filter((violation) => !appPaths.some((path) => `${violation}/`.includes(` of ${path}/`)));
    expect(violationsOfPipeline).toEqual([]);
    expect(suppressions.length).toBeGreaterThan(50);
  });

  test('states the reason of every suppression in the template', () => {
    const resources: { Metadata?: { cdk_nag?: { rules_to_suppress: { reason: string }[] } } }[] = Object.values(template.toJSON().Resources);
    const reasons = resources.flatMap(({ Metadata }) => Metadata?.cdk_nag?.rules_to_suppress ?? []).map(({ reason }) => reason);
    expect(reasons.length).toBeGreaterThan(50);
    for (const reason of reasons) expect(reason).toMatch(/^[\x20-\xFF]{20,130}$/);
  });
});

describe('the rules of the API', () => {
  const rulesAt = (path: string, violations: string[]) =>
    [...new Set(violations.filter((violation) => violation.includes(path)).map((violation) => violation.split(' of ')[0]))];

  test('are not suppressed for an API without authorization', () => {
    const { violations } = runNag(stackWith(() => ({ authentication: OrderAuthentication.none() })));
    expect(rulesAt('/Api/', violations).sort()).toEqual(['AwsSolutions-APIG4', 'AwsSolutions-COG4']);
  });

  test('are not suppressed for an HTTP API without authorization', () => {
    const { violations } = runNag(stackWith(() => ({ api: OrderApi.http(), authentication: OrderAuthentication.none() })));
    expect(rulesAt('/HttpApi/', violations)).toEqual(['AwsSolutions-APIG4']);
  });

  test('are met by an authorizer, except that it is not a user pool', () => {
    const { violations, suppressions } = runNag(stackWith((stack) =>
      ({ authentication: OrderAuthentication.lambda(Function.fromFunctionName(stack, 'Handler', 'authorize')) })));
    expect(rulesAt('/Api/', violations)).toEqual([]);
    expect(suppressions.filter((suppression) => suppression.startsWith('AwsSolutions-APIG4'))).toEqual([]);
  });

  test('are met by a web ACL without a suppression', () => {
    const webAclArn = 'arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/orders/0a1b';
    const { violations, suppressions } = runNag(stackWith(() => ({ webAclArn })));
    expect([...violations, ...suppressions].filter((entry) => entry.startsWith('AwsSolutions-APIG3'))).toEqual([]);
  });
});
