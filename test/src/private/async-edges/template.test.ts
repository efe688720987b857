import { asList, isIntrinsicFunction, literalText, referencedIds, valueAt } from '../../../../src/private/async-edges/template';

describe('referencedIds returns the logical ids', () => {
  test.each<[string, unknown, string[]]>([
    ['a Ref', { Ref: 'Queue' }, ['Queue']],
    ['Fn::GetAtt with a list', { 'Fn::GetAtt': ['Queue', 'Arn'] }, ['Queue']],
    ['Fn::GetAtt with a string', { 'Fn::GetAtt': 'Queue.Arn' }, ['Queue']],
    ['Fn::Join', { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::', { Ref: 'Bucket' }, '/*']] }, ['Bucket']],
    ['Fn::Sub', { 'Fn::Sub': 'arn:${AWS::Partition}:sqs:${Queue.QueueName}' }, ['Queue']],
    ['Fn::Sub with its own variables', { 'Fn::Sub': ['${It}', { It: { Ref: 'Queue' } }] }, ['It', 'Queue']],
    ['both branches of Fn::If', { 'Fn::If': ['IsProduction', { Ref: 'One' }, { Ref: 'Other' }] }, ['One', 'Other']],
    ['a part of an ARN', { 'Fn::Select': [5, { 'Fn::Split': [':', { 'Fn::GetAtt': ['Queue', 'Arn'] }] }] }, ['Queue']],
    ['Fn::ImportValue, which has none', { 'Fn::ImportValue': 'Other:Queue' }, []],
    ['a pseudo parameter, which has none', { Ref: 'AWS::Region' }, []],
    ['a string, which has none', 'arn:aws:sqs:eu-central-1:111111111111:orders', []],
    ['undefined, which has none', undefined, []],
  ])('of %s', (_, value, ids) => {
    expect(referencedIds(value)).toEqual(ids);
  });
});

test('literalText omits the parts that are resolved at deployment', () => {
  expect(literalText({ 'Fn::Join': [':', ['arn', { Ref: 'AWS::Partition' }, 'sqs']] })).toBe('arn::sqs');
  expect(literalText({ 'Fn::Join': [',', { Ref: 'List' }] })).toBe('');
  expect(literalText({ 'Fn::Sub': ['alias/${Name}', { Name: 'orders' }] })).toBe('alias/${Name}');
  expect([literalText({ Ref: 'Queue' }), literalText(undefined), literalText(4)]).toEqual(['', '', '4']);
});

test('valueAt returns the value at a path, or the intrinsic function on the path', () => {
  const decision = { 'Fn::If': ['IsProduction', { Destination: 'a' }, { Ref: 'AWS::NoValue' }] };
  expect(valueAt({ OnFailure: { Destination: 'a' } }, 'OnFailure', 'Destination')).toBe('a');
  expect(valueAt({ OnFailure: decision }, 'OnFailure', 'Destination')).toBe(decision);
  expect(valueAt({}, 'OnFailure', 'Destination')).toBeUndefined();
  expect([decision, { Ref: 'Queue' }, {}, null, 'text'].map(isIntrinsicFunction)).toEqual([true, true, false, false, false]);
});

test('asList returns a list for one item, a list and undefined', () => {
  expect([asList('a'), asList(['a', 'b']), asList(undefined)]).toEqual([['a'], ['a', 'b'], []]);
});
