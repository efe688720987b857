import { synthPipeline } from '../../support/synth';
import { resourceOf, roleStatements } from '../../support/template';

const { template } = synthPipeline();
const table = resourceOf(template, 'AWS::DynamoDB::GlobalTable', 'OrdersTable').id;
const deadLetterQueue = resourceOf(template, 'AWS::SQS::Queue', 'ChangesDeadLetterQueue');
const mapping = resourceOf(template, 'AWS::Lambda::EventSourceMapping', 'ChangesMapping');

test('the stream is read from its beginning, so that no order is passed over', () => {
  expect(mapping.properties).toMatchObject({
    EventSourceArn: { 'Fn::GetAtt': [table, 'StreamArn'] },
    FunctionName: { Ref: resourceOf(template, 'AWS::Lambda::Function', 'PublishOrderChanges').id },
    StartingPosition: 'TRIM_HORIZON',
  });
});

test('a record that fails is told from its neighbours, retried as long as the stream has it, and then put aside', () => {
  expect(mapping.properties).toMatchObject({
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    BisectBatchOnFunctionError: true,
    DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [deadLetterQueue.id, 'Arn'] } } },
  });
  expect(mapping.properties).not.toHaveProperty('MaximumRetryAttempts');
  expect(mapping.properties).not.toHaveProperty('MaximumRecordAgeInSeconds');
  expect(deadLetterQueue.properties.MessageRetentionPeriod).toBe(14 * 24 * 3600);
});

test('the handler is woken by what led to something, and neither by what was parked or changed nothing nor by expired items', () => {
  expect(mapping.properties.FilterCriteria.Filters.map(({ Pattern }: { Pattern: string }) => JSON.parse(Pattern))).toEqual([{
    eventName: ['INSERT', 'MODIFY'],
    dynamodb: { NewImage: { outcome: { M: { type: { S: [{ exists: true }] } } } } },
  }]);
});

test('the handler may read this one stream', () => {
  const reading = roleStatements(template, 'PublishOrderChanges').filter(({ actions }) => actions.includes('dynamodb:GetRecords'));
  expect(reading).toMatchObject([{ resources: [{ 'Fn::GetAtt': [table, 'StreamArn'] }] }]);
});

test('the mapping is made after the permissions that Lambda checks', () => {
  const { DependsOn } = template.toJSON().Resources[mapping.id];
  expect(DependsOn).toContain(resourceOf(template, 'AWS::IAM::Policy', 'PublishOrderChangesRoleDefaultPolicy').id);
});
