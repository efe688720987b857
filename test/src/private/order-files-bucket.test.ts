import { Duration } from 'aws-cdk-lib';
import { everyOptionOfMainParts, EVERYTHING_ON_ENV } from '../../support/everything-on';
import { synthPipeline } from '../../support/synth';
import { idOf, queueStatements, resourceOf, resourcesOf, statementsIn } from '../../support/template';

const minimal = synthPipeline().template;
const everything = synthPipeline(everyOptionOfMainParts, EVERYTHING_ON_ENV).template;
const bucketIn = (template: typeof minimal) => resourcesOf(template, 'AWS::S3::Bucket')[0];

describe.each<[string, typeof minimal, string[] | undefined]>([
  ['without props', minimal, undefined], ['with everything on', everything, ['.json', '.json.gz']],
])('the bucket of a pipeline %s', (_, template, suffixes) => {
  const { id, properties } = bucketIn(template);
  const filesQueue = resourceOf(template, 'AWS::SQS::Queue', 'FilesFilesQueue').id;
  const policies = resourcesOf(template, 'AWS::SQS::QueuePolicy').filter(({ properties: { Queues } }) => idOf(Queues[0]) === filesQueue);
  const fromS3 = queueStatements(template, filesQueue).filter(({ service }) => service === 's3.amazonaws.com');

  test('is private', () => {
    expect(properties.PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true,
    });
    expect(properties).not.toHaveProperty('AccessControl');
  });

  test('is used over TLS only', () => {
    const statements = resourcesOf(template, 'AWS::S3::BucketPolicy').flatMap(({ properties: { PolicyDocument } }) => statementsIn(PolicyDocument));
    expect(statements).toMatchObject([{ effect: 'Deny', actions: ['s3:*'], condition: { Bool: { 'aws:SecureTransport': 'false' } } }]);
    expect(statements[0].resources).toHaveLength(2);
  });

  test('keeps versions, so that a file is read as it was uploaded', () => {
    expect(properties.VersioningConfiguration).toEqual({ Status: 'Enabled' });
  });

  test('notifies the files queue of uploads under incoming/, of each suffix, and of nothing else', () => {
    const prefix = { Name: 'prefix', Value: 'incoming/' };
    const rules = suffixes?.map((Value) => [prefix, { Name: 'suffix', Value }]) ?? [[prefix]];
    expect(properties.NotificationConfiguration).toEqual({
      QueueConfigurations: rules.map((Rules) => ({
        Event: 's3:ObjectCreated:*', Filter: { S3Key: { Rules } }, Queue: { 'Fn::GetAtt': [filesQueue, 'Arn'] },
      })),
    });
  });

  test('does so without a function of CDK\'s own', () => {
    expect(resourcesOf(template).filter(({ type }) => type.startsWith('Custom::'))).toEqual([]);
    expect(resourcesOf(template, 'AWS::Lambda::Function').filter(({ id: name }) => !name.startsWith('Orders'))).toEqual([]);
  });

  test('is made after the queue lets S3 send, because S3 tries it', () => {
    expect(policies).toHaveLength(1);
    expect(template.toJSON().Resources[id].DependsOn).toEqual([policies[0].id]);
  });

  test('alone may send to the files queue, from this account', () => {
    expect(fromS3).toEqual([{
      effect: 'Allow',
      actions: ['sqs:SendMessage'],
      resources: [{ 'Fn::GetAtt': [filesQueue, 'Arn'] }],
      service: 's3.amazonaws.com',
      condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
    }]);
    const allowed = queueStatements(template, filesQueue).filter(({ effect }) => effect === 'Allow');
    expect(allowed).toEqual(fromS3);
  });

  test('may send to no other queue', () => {
    const others = resourcesOf(template, 'AWS::SQS::Queue').filter(({ id: queue }) => queue !== filesQueue);
    for (const { id: queue } of others) expect(queueStatements(template, queue).map(({ service }) => service)).not.toContain('s3.amazonaws.com');
  });
});

test.each([
  ['S3, at no cost', minimal, { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
  ['the customer-managed key, with few calls of KMS', everything, {
    BucketKeyEnabled: true,
    ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: { 'Fn::GetAtt': [resourcesOf(everything, 'AWS::KMS::Key')[0].id, 'Arn'] } },
  }],
])('it is encrypted by %s', (_, template, rule) => {
  expect(bucketIn(template).properties.BucketEncryption.ServerSideEncryptionConfiguration).toEqual([rule]);
});

test.each([
  ['files and reports stay for 90 days', minimal, 90, 90],
  ['files and reports are kept for the configured time', synthPipeline({ fileRetention: Duration.days(1), reportRetention: Duration.days(3650) }).template, 1, 3650],
])('%s, what is left of them for a month, and uploads that were given up for a week', (_, template, fileDays, reportDays) => {
  expect(bucketIn(template).properties.LifecycleConfiguration.Rules).toEqual([
    { Id: 'Files', Status: 'Enabled', Prefix: 'incoming/', ExpirationInDays: fileDays },
    { Id: 'Reports', Status: 'Enabled', Prefix: 'reports/', ExpirationInDays: reportDays },
    { Id: 'Leftovers', Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 }, NoncurrentVersionExpiration: { NoncurrentDays: 30 } },
  ]);
});
