import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import newAppFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { OrderPipeline } from '../../src';
import { everythingOn, EVERYTHING_ON_ENV } from '../support/everything-on';
import { warningsBesidesSize } from '../support/synth';
import { resourcesOf } from '../support/template';
import { testApp } from '../support/test-app';

const synthWith = (context: Record<string, unknown>) => {
  const stack = new Stack(testApp(context), 'Test', { env: EVERYTHING_ON_ENV });
  new OrderPipeline(stack, 'Orders', everythingOn(stack));
  return { stack, resources: resourcesOf(Template.fromStack(stack)) };
};

const old = synthWith({});
const fresh = synthWith(newAppFlags);

test('an app with the feature flags of a new app gets no warnings', () => {
  expect(warningsBesidesSize(fresh.stack)).toEqual([]);
});

test('an app that switches on the feature flags of a new app keeps its resources', () => {
  // A deployment's id ends in a hash of what is deployed, and only statements that are not merged need a second policy.
  const others = ['AWS::ApiGateway::Deployment', 'AWS::IAM::ManagedPolicy'];
  const ids = ({ resources }: typeof old) => resources.filter(({ type }) => !others.includes(type)).map(({ id, type }) => [id, type]);
  expect(ids(fresh)).toEqual(ids(old));
});
