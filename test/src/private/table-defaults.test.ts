import { everythingOn, EVERYTHING_ON_ENV } from '../../support/everything-on';
import { synthPipeline } from '../../support/synth';
import { resourceOf, resourcesOf } from '../../support/template';

const minimal = synthPipeline().template;
const everything = synthPipeline(everythingOn, EVERYTHING_ON_ENV).template;
const TABLES = ['OrdersTable', 'FilesTable', 'SequenceTable', 'HistoryTable'];
const table = (template: typeof minimal, id: string) => resourceOf(template, 'AWS::DynamoDB::GlobalTable', id);

test('a pipeline has these tables and no others', () => {
  expect(resourcesOf(minimal, 'AWS::DynamoDB::GlobalTable')).toHaveLength(TABLES.length);
});

describe.each([['without props', minimal], ['with everything on', everything]])('in a pipeline %s', (_, template) => {
  test.each(TABLES)('a table is on demand, recovers any second of a month, and forgets: %s', (id) => {
    expect(table(template, id).properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      Replicas: [{ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }],
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    });
    expect(table(template, id).properties.Replicas).toHaveLength(1);
  });
});

test.each(TABLES)('a table is encrypted with a key that AWS owns, at no cost, and stays when the stack goes: %s', (id) => {
  expect(table(minimal, id).properties.SSESpecification).toEqual({ SSEEnabled: false });
  expect(minimal.toJSON().Resources[table(minimal, id).id]).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
});

test.each(TABLES)('a table takes the customer-managed key and the removal policy: %s', (id) => {
  expect(table(everything, id).properties).toMatchObject({
    SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
    Replicas: [{ SSESpecification: { KMSMasterKeyId: { 'Fn::GetAtt': [resourcesOf(everything, 'AWS::KMS::Key')[0].id, 'Arn'] } } }],
  });
  expect(everything.toJSON().Resources[table(everything, id).id]).toMatchObject({ DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
});
