import { App, CfnResource, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { LOCAL_AWS_ENV } from '../../../../src/private/contract';
import { LEFT_OUT_TYPES } from '../../../../src/private/local/left-out-resources';
import { allParts } from '../../../support/all-parts';
import { OrderPipeline, type OrderPipelineProps } from 'cdk-order-pipeline';

interface Resource {
  readonly Type: string;
  readonly Condition?: string;
  readonly DependsOn?: unknown;
  readonly Properties?: { readonly Metrics?: unknown };
}

const CONDITION = 'LeftOutOnLocalAws';
/** Types that the pipeline creates; the others are those of apps. */
const OF_PIPELINE = ['AWS::Athena::NamedQuery', 'AWS::CloudWatch::Alarm', 'AWS::CloudWatch::Dashboard', 'AWS::Events::Archive', 'AWS::WAFv2::WebACLAssociation', 'Custom::S3AutoDeleteObjects'];

const everyPart = (stack: Stack): OrderPipelineProps => ({
  ...allParts(stack),
  webAclArn: stack.formatArn({ service: 'wafv2', resource: 'regional/webacl', resourceName: 'shop/11112222-3333-4444-5555-666677778888' }),
  removalPolicy: RemovalPolicy.DESTROY,
});

interface TemplateJson {
  readonly Resources: Record<string, Resource>;
  readonly Outputs: Record<string, Resource>;
  readonly Conditions: Record<string, unknown>;
}

/** Synthesizes a stack, for a local AWS or not. With every part, it has more resources than CloudFormation accepts. */
function synthesize(local: boolean, create: (stack: Stack) => unknown, props?: StackProps): TemplateJson {
  if (local) process.env[LOCAL_AWS_ENV] = 'true';
  try {
    const stack = new Stack(new App({ analyticsReporting: false, context: { '@aws-cdk/core:stackResourceLimit': 0 } }), 'Shop', props);
    create(stack);
    return Template.fromStack(stack).toJSON() as TemplateJson;
  } finally {
    delete process.env[LOCAL_AWS_ENV];
  }
}

/** The logical IDs in a value to which it refers by Ref, Fn::GetAtt or Fn::Sub. */
function references(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => {
    if (key === 'Ref') return [String(each)];
    if (key === 'Fn::GetAtt') return [Array.isArray(each) ? String(each[0]) : String(each).split('.')[0]];
    if (key === 'Fn::Sub') return [...String([each].flat()[0]).matchAll(/\$\{([A-Za-z0-9]+)/g)].map(([, id]) => id);
    return references(each);
  });
}

describe('an app with every part of a pipeline, synthesized for a local AWS', () => {
  const create = (stack: Stack) => new OrderPipeline(stack, 'Orders', everyPart(stack));
  const [template, real] = [synthesize(true, create), synthesize(false, create)];
  const resources = Object.entries(template.Resources);
  const leftOut = resources.filter(([, { Condition }]) => Condition === CONDITION);

  test('leaves out what a local AWS does not support', () => {
    expect([...new Set(leftOut.map(([, { Type }]) => Type))].sort()).toEqual(OF_PIPELINE);
    expect(leftOut.filter(([, { Type, Properties }]) => Type === 'AWS::CloudWatch::Alarm' && !Properties?.Metrics)).toEqual([]);
    expect(OF_PIPELINE.filter((type) => !(type in LEFT_OUT_TYPES))).toEqual(['AWS::CloudWatch::Alarm']);
  });

  test('creates everything else as in an AWS account', () => {
    const isCreated = ([id]: [string, unknown]): boolean => template.Resources[id].Condition !== CONDITION;
    expect(Object.keys(template.Resources)).toEqual(Object.keys(real.Resources));
    expect(resources.filter(isCreated)).toEqual(Object.entries(real.Resources).filter(isCreated));
  });

  test('has no reference to what is left out', () => {
    const leftOutIds = new Set(leftOut.map(([id]) => id));
    const outputs = Object.entries(template.Outputs).filter(([, { Condition }]) => Condition !== CONDITION);
    const referring = [...resources.filter(([id]) => !leftOutIds.has(id)), ...outputs]
      .filter(([, value]) => references(value).some((id) => leftOutIds.has(id)));
    expect(referring.map(([id]) => id)).toEqual([]);
    expect(Object.keys(real.Outputs).filter((key) => !outputs.some(([each]) => each === key))).toEqual(['OrdersDashboardUrl']);
  });

  test('has a condition that is never true, because a stack has a name', () => {
    expect(template.Conditions[CONDITION]).toEqual({ 'Fn::Equals': [{ Ref: 'AWS::StackName' }, ''] });
  });
});

test('resources of the app are left out, too, once for all pipelines', () => {
  const template = synthesize(true, (stack) => {
    new OrderPipeline(stack, 'Orders', { monitoring: { alarms: false } });
    new OrderPipeline(stack, 'Returns', { monitoring: { alarms: false } });
    for (const type of Object.keys(LEFT_OUT_TYPES)) new CfnResource(stack, type.replaceAll(':', ''), { type });
  });
  const conditions = Object.values(template.Resources).filter(({ Type }) => Type in LEFT_OUT_TYPES).map(({ Condition }) => Condition);
  expect(conditions.length).toBeGreaterThan(Object.keys(LEFT_OUT_TYPES).length);
  expect(new Set(conditions)).toEqual(new Set([CONDITION]));
});

test.each([
  ['an AWS account, also when the app is synthesized for a local AWS', true, { env: { account: '111122223333', region: 'eu-central-1' } }],
  ['any account, without the environment variable', false, undefined],
])('nothing is left out of a stack for %s', (_, local, props) => {
  const template = synthesize(local, (stack) => new OrderPipeline(stack, 'Orders'), props);
  expect(JSON.stringify(template)).not.toContain(CONDITION);
});

test('every type that is left out has a reason, as a sentence', () => {
  expect(Object.values(LEFT_OUT_TYPES).filter((reason) => !/^[A-Z].{15,}\.$/.test(reason))).toEqual([]);
});
