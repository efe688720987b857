import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { pageTokenKey } from '../../../src/private/page-token-key';

const keyIn = (stack: Stack, id: string) => stack.resolve(pageTokenKey(new Construct(stack, id)).TOKEN_KEY);

test('tokens are signed with what CloudFormation makes up for the stack, which is in no template', () => {
  expect(keyIn(new Stack(undefined, 'Shop'), 'Queries'))
    .toEqual({ 'Fn::Join': ['/', [{ 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] }, 'Shop/Queries']] });
});

test('two constructs of one stack have different keys', () => {
  const stack = new Stack(undefined, 'Shop');
  expect(keyIn(stack, 'One')).not.toEqual(keyIn(stack, 'Two'));
});
