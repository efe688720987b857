/** Lists the asynchronous edges of the full example, from its template. */
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { withGeneratedSection } from './generated-section';
import { FullOrdersStack } from '../examples/full/full-orders-stack';
import { edgeTable } from '../src/private/async-edges/edge-table';
import { validateEdges } from '../src/private/async-edges/validate-edges';

/** Updates docs/edges.md: every edge of the full example, its dead-letter queue, and the alarm on that queue. */
export function withEdges(document: string): string {
  const { Resources } = Template.fromStack(new FullOrdersStack(new App(), 'Full', { local: false })).toJSON();
  return withGeneratedSection(document, 'edges', edgeTable(validateEdges(Resources).edges));
}
