import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withGeneratedSection } from '../scripts/generated-section';
import { synthPipeline } from './support/synth';
import { withOrderStates } from '../scripts/order-states-diagram';

test('the README draws the life of an order as the handlers live it; else run "npm run readme"', () => {
  const readme = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');
  expect(withOrderStates(readme)).toBe(readme);
});

test.each([['README.md', /The (\d+) alarms/], ['src/order-pipeline.ts', /(\d+) alarms and a dashboard/]])('%s counts the alarms as they are', (file, alarms) => {
  const [, published] = alarms.exec(readFileSync(join(__dirname, '..', file), 'utf8'))!;
  synthPipeline().template.resourceCountIs('AWS::CloudWatch::Alarm', Number(published));
});

test('fails when a document does not have the markers of a generated section', () => {
  expect(() => withGeneratedSection('# Title', 'edges', '')).toThrow(new Error('The document has no section "edges". Add <!-- edges --> and <!-- /edges --> to it.'));
});
