import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { engines, peerDependencies } from '../package.json';
import { withGeneratedSection } from '../scripts/generated-section';
import { withOrderStates } from '../scripts/order-states-diagram';
import { readPipeline } from '../scripts/pipeline-graph';
import { drawPipeline } from '../scripts/pipeline-picture';
import { synthPipeline } from './support/synth';

const read = (...path: string[]): string => readFileSync(join(__dirname, '..', ...path), 'utf8');

test('docs/changing-orders.md shows the states of an order as the handlers use them; otherwise run "npm run readme"', () => {
  const document = read('docs', 'changing-orders.md');
  expect(withOrderStates(document)).toBe(document);
});

describe('the picture of the pipeline', () => {
  test('is current; otherwise run "npm run readme"', () => {
    expect(drawPipeline()).toBe(read('docs', 'pipeline.svg'));
  });

  test('fails when a part has no position', () => {
    const { parts, arrows } = readPipeline();
    const unknown = { name: 'IngestNewQueue', type: 'AWS::SQS::Queue', routes: [], hasDeadLetterQueue: true };
    expect(() => drawPipeline({ parts: [...parts, unknown], arrows })).toThrow(new Error('`LAYOUT` in scripts/pipeline-layout.ts has no position for IngestNewQueue. Add it.'));
  });

  test('fails when the routes of a function do not fit into its box', () => {
    const { parts, arrows } = readPipeline();
    const long = parts.map((part) => (part.name === 'IngestReceiveOrder' ? { ...part, routes: ['POST /a-route-that-is-too-long'] } : part));
    expect(() => drawPipeline({ parts: long, arrows }))
      .toThrow(new Error('"POST /a-route-that-is-too-long" does not fit into its box of 146 px. Shorten it or widen the box.'));
  });
});

test.each([
  ['README.md', /(\d+) alarms and a dashboard/], ['docs/cost.md', /(\d+) alarms /],
])('%s states the number of alarms', (file, alarms) => {
  const [, published] = alarms.exec(read(file))!;
  synthPipeline().template.resourceCountIs('AWS::CloudWatch::Alarm', Number(published));
});

test('README.md requires the versions of Node.js and aws-cdk-lib that the package allows', () => {
  const [, node] = /^>= (\d+)\./.exec(engines.node)!;
  const [, floor] = /^\^(.+)$/.exec(peerDependencies['aws-cdk-lib'])!;
  expect(read('README.md')).toContain(`Node.js ${node} or newer and \`aws-cdk-lib\` ${floor} or newer`);
  expect(read('README.md').match(/Node\.js \(?(\d+) or newer/g)!.map((text) => /\d+/.exec(text)![0])).toEqual([node]);
  for (const file of ['.projenrc.ts', 'scripts/bundle.ts', 'scripts/json-schema-libraries.ts']) expect(read(file)).toMatch(new RegExp(`target[:=] ?'?node${node}`));
});

test('fails when a document does not have the markers of a generated section', () => {
  expect(() => withGeneratedSection('# Title', 'edges', '')).toThrow(new Error('The document has no section "edges". Add <!-- edges --> and <!-- /edges --> to it.'));
});
