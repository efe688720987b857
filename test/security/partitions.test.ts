import type { Environment } from 'aws-cdk-lib';
import { everythingOn } from '../support/everything-on';
import { synthPipeline, type PipelineProps } from '../support/synth';
import { resourcesOf, statementsIn } from '../support/template';

const CHINA: Environment = { region: 'cn-north-1', account: '111122223333' };
const GOV: Environment = { region: 'us-gov-west-1', account: '111122223333' };

/** CloudWatch Logs has a service principal for each region, in the domain of its partition. */
const LOGS: Record<string, string> = { 'cn-north-1': 'logs.cn-north-1.amazonaws.com.cn', 'us-gov-west-1': 'logs.us-gov-west-1.amazonaws.com' };

/** A table with a customer managed key needs a stack with a Region, so an environment-agnostic stack has no key. */
const anywhere: PipelineProps = (stack) => ({ ...everythingOn(stack), encryptionKey: undefined });

/** The other service principals in the pipeline's policies and roles. They are the same in every partition. */
const SERVICES = [
  'apigateway.amazonaws.com', 'cloudwatch.amazonaws.com', 'events.amazonaws.com', 'firehose.amazonaws.com', 'lambda.amazonaws.com', 's3.amazonaws.com',
  'sns.amazonaws.com', 'appsync.amazonaws.com',
];

describe.each<[string, PipelineProps | undefined, Environment | undefined]>([
  ['without props in China', undefined, CHINA],
  ['with everything on in China', everythingOn, CHINA],
  ['without props in GovCloud', undefined, GOV],
  ['with everything on in GovCloud', everythingOn, GOV],
  ['without props in an environment-agnostic stack', undefined, undefined],
  ['with everything on in an environment-agnostic stack', anywhere, undefined],
])('a pipeline %s', (_, props, env) => {
  const { template } = synthPipeline(props, env);
  // CDK adds a mapping with the addresses of Firehose in every region.
  const { Mappings, ...contents } = template.toJSON();
  const strings = stringsIn(contents);
  const principals = env?.region === undefined ? SERVICES : [...SERVICES, LOGS[env.region]];

  test('contains no partition except AWS::Partition', () => {
    expect(strings.filter((text) => /\barn:aws/.test(text))).toEqual([]);
    expect(strings.length).toBeGreaterThan(1000);
  });

  test('contains no host name', () => {
    const hosts = strings.flatMap((text) => text.match(/[\w.-]+\.(?:amazonaws\.com(?:\.cn)?|aws\.dev|api\.aws|aws)\b/g) ?? []);
    // Without a region, conditions choose between the consoles of the partitions: pipeline-outputs.test.ts.
    const known = env === undefined ? [...principals, 'console.aws'] : principals;
    // CDK limits the use of a key for secrets to this service, whose name is the same in every partition.
    const viaService = /^secretsmanager\.[a-z0-9-]+\.amazonaws\.com$/;
    expect([...new Set(hosts)].filter((host) => !known.includes(host) && !viaService.test(host))).toEqual([]);
  });

  test('contains no Region except its own', () => {
    const regions = strings.flatMap((text) => text.match(/\b(?:us|eu|ap|sa|ca|af|me|il|mx|cn)(?:-(?:gov|iso\w?))?-(?:north|south|east|west|central)\w*-\d\b/g) ?? []);
    expect(regions.filter((region) => region !== env?.region)).toEqual([]);
  });

  test('uses the service principals of its partition', () => {
    const policies = resourcesOf(template).flatMap(({ properties: { AssumeRolePolicyDocument, PolicyDocument, KeyPolicy } }) =>
      [AssumeRolePolicyDocument, PolicyDocument, KeyPolicy].filter((document) => document !== undefined));
    const services = policies.flatMap(statementsIn).flatMap(({ service }) => service ?? []);
    expect(services).toEqual(expect.arrayContaining(['lambda.amazonaws.com', 'events.amazonaws.com', 's3.amazonaws.com']));
    expect(services.filter((service) => !principals.includes(service))).toEqual([]);
    const invokers = resourcesOf(template, 'AWS::Lambda::Permission').map(({ properties }) => properties.Principal);
    expect(new Set(invokers)).toEqual(new Set(['apigateway.amazonaws.com', 'events.amazonaws.com']));
  });
});

/** Returns every string of a template, including its keys. */
function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return [...Array.isArray(value) ? [] : Object.keys(value), ...Object.values(value).flatMap(stringsIn)];
}
