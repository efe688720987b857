import { CfnParameter } from 'aws-cdk-lib';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { synthPipeline } from '../support/synth';
import { idOf, resourceOf, resourcesOf } from '../support/template';

const ARN = 'arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/orders/0a1b2c3d-1111-2222-3333-444455556666';
const associations = (props: Parameters<typeof synthPipeline>[0]) => resourcesOf(synthPipeline(props).template, 'AWS::WAFv2::WebACLAssociation');

test('a pipeline has no web ACL unless it is given one', () => {
  expect(associations({})).toEqual([]);
});

test('a web ACL is put before the stage of the API, once the stage is there', () => {
  const { template } = synthPipeline({ webAclArn: ARN });
  const stage = resourcesOf(template, 'AWS::ApiGateway::Stage')[0].id;
  const api = resourcesOf(template, 'AWS::ApiGateway::RestApi')[0].id;

  const { id, properties } = resourceOf(template, 'AWS::WAFv2::WebACLAssociation', 'WebAclAssociation');
  expect(properties).toEqual({
    WebACLArn: ARN,
    ResourceArn: {
      'Fn::Join': ['', [
        'arn:', { Ref: 'AWS::Partition' }, ':apigateway:', { Ref: 'AWS::Region' }, '::/restapis/', { Ref: api }, '/stages/', { Ref: stage },
      ]],
    },
  });
  expect(template.toJSON().Resources[id].DependsOn).toContain(stage);
});

test.each(['aws-cn', 'aws-us-gov', 'aws-iso-b'])('a web ACL may be in the partition %s', (partition) => {
  const webAclArn = ARN.replace('arn:aws:', `arn:${partition}:`);
  expect(associations({ webAclArn })).toMatchObject([{ properties: { WebACLArn: webAclArn } }]);
});

test('a web ACL that is known at deployment only is taken', () => {
  expect(associations((stack) => ({ webAclArn: new CfnParameter(stack, 'WebAcl').valueAsString }))).toMatchObject([{ properties: { WebACLArn: { Ref: 'WebAcl' } } }]);
});

test('a web ACL of the same app is taken', () => {
  const [{ properties }] = associations((stack) => ({
    webAclArn: new CfnWebACL(stack, 'WebAcl', {
      scope: 'REGIONAL', defaultAction: { allow: {} }, visibilityConfig: { cloudWatchMetricsEnabled: true, metricName: 'Orders', sampledRequestsEnabled: false },
    }).attrArn,
  }));
  expect(idOf(properties.WebACLArn)).toBe('WebAcl');
});

test.each([
  ['is empty', ''],
  ['is a name', 'orders'],
  ['is the ARN of something else', 'arn:aws:sqs:eu-central-1:111122223333:orders'],
  ['is of CloudFront', ARN.replace('eu-central-1', 'us-east-1').replace('regional/', 'global/')],
  ['is of a rule group', ARN.replace('webacl', 'rulegroup')],
  ['is of WAF Classic', 'arn:aws:waf-regional:eu-central-1:111122223333:webacl/0a1b2c3d'],
  ['has something behind it', `${ARN}/more`],
])('fails when webAclArn %s', (_, webAclArn) => {
  expect(() => synthPipeline({ webAclArn })).toThrow(
    `\`webAclArn\` must be the ARN of a regional web ACL, arn:<partition>:wafv2:<region>:<account>:regional/webacl/<name>/<id>, got ${webAclArn}`,
  );
});
