import type { Environment } from 'aws-cdk-lib';
import { everythingOn } from '../support/everything-on';
import { synthPipeline, type PipelineProps } from '../support/synth';
import { resourcesOf, statementsIn } from '../support/template';

const CHINA: Environment = { region: 'cn-north-1', account: '111122223333' };
const GOV: Environment = { region: 'us-gov-west-1', account: '111122223333' };

/** A table with a key of the app's own has to know its region, so everything on is not for any region. */
const anywhere: PipelineProps = (stack) => ({ ...everythingOn(stack), encryptionKey: undefined });

/** The services that the pipeline's policies and roles let in. Their names are the same in every partition. */
const SERVICES = [
  'apigateway.amazonaws.com', 'cloudwatch.amazonaws.com', 'events.amazonaws.com', 'lambda.amazonaws.com', 's3.amazonaws.com', 'sns.amazonaws.com',
];

describe.each<[string, PipelineProps | undefined, Environment | undefined]>([
  ['without props in China', undefined, CHINA],
  ['with everything on in China', everythingOn, CHINA],
  ['without props in GovCloud', undefined, GOV],
  ['with everything on in GovCloud', everythingOn, GOV],
  ['without props, wherever it will be', undefined, undefined],
  ['with everything on, wherever it will be', anywhere, undefined],
])('a pipeline %s', (_, props, env) => {
  const { template } = synthPipeline(props, env);
  const strings = stringsIn(template.toJSON());

  test('names no partition: AWS fills in its own', () => {
    expect(strings.filter((text) => /\barn:aws/.test(text))).toEqual([]);
    expect(strings.length).toBeGreaterThan(1000);
  });

  test('names no host', () => {
    const hosts = strings.flatMap((text) => text.match(/[\w.-]+\.(?:amazonaws\.com(?:\.cn)?|aws\.dev|api\.aws|aws)\b/g) ?? []);
    expect([...new Set(hosts)].filter((host) => !SERVICES.includes(host))).toEqual([]);
  });

  test('names no region but its own', () => {
    const regions = strings.flatMap((text) => text.match(/\b(?:us|eu|ap|sa|ca|af|me|il|mx|cn)(?:-(?:gov|iso\w?))?-(?:north|south|east|west|central)\w*-\d\b/g) ?? []);
    expect(regions.filter((region) => region !== env?.region)).toEqual([]);
  });

  test('lets in services by the names that they have in every partition', () => {
    const policies = resourcesOf(template).flatMap(({ properties: { AssumeRolePolicyDocument, PolicyDocument, KeyPolicy } }) =>
      [AssumeRolePolicyDocument, PolicyDocument, KeyPolicy].filter((document) => document !== undefined));
    const services = policies.flatMap(statementsIn).flatMap(({ service }) => service ?? []);
    expect(services).toEqual(expect.arrayContaining(['lambda.amazonaws.com', 'events.amazonaws.com', 's3.amazonaws.com']));
    expect(services.filter((service) => !SERVICES.includes(service))).toEqual([]);
    const invokers = resourcesOf(template, 'AWS::Lambda::Permission').map(({ properties }) => properties.Principal);
    expect(new Set(invokers)).toEqual(new Set(['apigateway.amazonaws.com', 'events.amazonaws.com']));
  });
});

/** Every text of a template, with its keys. */
function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return [...Array.isArray(value) ? [] : Object.keys(value), ...Object.values(value).flatMap(stringsIn)];
}
