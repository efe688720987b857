import { idsIn, inside, isDecidedLater, listOf, textOf } from '../../../../src/private/async-edges/template';

describe('the logical ids in a value', () => {
  test.each<[string, unknown, string[]]>([
    ['a reference', { Ref: 'Queue' }, ['Queue']],
    ['an attribute', { 'Fn::GetAtt': ['Queue', 'Arn'] }, ['Queue']],
    ['an attribute as one text', { 'Fn::GetAtt': 'Queue.Arn' }, ['Queue']],
    ['what is joined', { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::', { Ref: 'Bucket' }, '/*']] }, ['Bucket']],
    ['what is filled in', { 'Fn::Sub': 'arn:${AWS::Partition}:sqs:${Queue.QueueName}' }, ['Queue']],
    ['what is filled in by a name', { 'Fn::Sub': ['${It}', { It: { Ref: 'Queue' } }] }, ['It', 'Queue']],
    ['either of two', { 'Fn::If': ['IsProduction', { Ref: 'One' }, { Ref: 'Other' }] }, ['One', 'Other']],
    ['a part of an ARN', { 'Fn::Select': [5, { 'Fn::Split': [':', { 'Fn::GetAtt': ['Queue', 'Arn'] }] }] }, ['Queue']],
    ['an import', { 'Fn::ImportValue': 'Other:Queue' }, []],
    ['a pseudo parameter', { Ref: 'AWS::Region' }, []],
    ['text', 'arn:aws:sqs:eu-central-1:111111111111:orders', []],
    ['nothing', undefined, []],
  ])('are found: %s', (_, value, ids) => {
    expect(idsIn(value)).toEqual(ids);
  });
});

test('the text of a value leaves out what is known only at deployment', () => {
  expect(textOf({ 'Fn::Join': [':', ['arn', { Ref: 'AWS::Partition' }, 'sqs']] })).toBe('arn::sqs');
  expect(textOf({ 'Fn::Join': [',', { Ref: 'List' }] })).toBe('');
  expect(textOf({ 'Fn::Sub': ['alias/${Name}', { Name: 'orders' }] })).toBe('alias/${Name}');
  expect([textOf({ Ref: 'Queue' }), textOf(undefined), textOf(4)]).toEqual(['', '', '4']);
});

test('a value may hold another, or decide at deployment whether it does', () => {
  const decision = { 'Fn::If': ['IsProduction', { Destination: 'a' }, { Ref: 'AWS::NoValue' }] };
  expect(inside({ OnFailure: { Destination: 'a' } }, 'OnFailure', 'Destination')).toBe('a');
  expect(inside({ OnFailure: decision }, 'OnFailure', 'Destination')).toBe(decision);
  expect(inside({}, 'OnFailure', 'Destination')).toBeUndefined();
  expect([decision, { Ref: 'Queue' }, {}, null, 'text'].map(isDecidedLater)).toEqual([true, true, false, false, false]);
});

test('one may stand for a list of one', () => {
  expect([listOf('a'), listOf(['a', 'b']), listOf(undefined)]).toEqual([['a'], ['a', 'b'], []]);
});
