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

test('a failed record is separated from its batch, retried as long as the stream has it, and then sent to the dead-letter queue', () => {
  expect(mapping.properties).toMatchObject({
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    BisectBatchOnFunctionError: true,
    DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [deadLetterQueue.id, 'Arn'] } } },
  });
  expect(mapping.properties).not.toHaveProperty('MaximumRetryAttempts');
  expect(mapping.properties).not.toHaveProperty('MaximumRecordAgeInSeconds');
  expect(deadLetterQueue.properties.MessageRetentionPeriod).toBe(14 * 24 * 3600);
});

test('the handler is invoked by writes with an outcome, and not by pending commands, writes without effect, or expired items', () => {
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
