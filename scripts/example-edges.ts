/** Lists the asynchronous edges of the full example, from its template. */
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { withGeneratedSection } from './generated-section';
import { FullOrdersStack } from '../examples/full/full-orders-stack';
import { edgeTable } from '../src/private/async-edges/edge-table';
import { validateEdges } from '../src/private/async-edges/validate-edges';

/** Returns CONTRIBUTING.md with a table of the edges of the full example, their dead-letter queues and alarms. */
export function withEdges(contributing: string): string {
  const { Resources } = Template.fromStack(new FullOrdersStack(new App(), 'Full', { local: false })).toJSON();
  return withGeneratedSection(contributing, 'edges', edgeTable(validateEdges(Resources).edges));
}
