/** Lists the asynchronous edges of the full example, from its template. */
import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { withGeneratedSection } from './generated-section';
import { FullOrdersStack } from '../examples/full/full-orders-stack';
import { collectResources } from '../src/private/async-edges/collect-resources';
import { edgeTable } from '../src/private/async-edges/edge-table';
import type { Json } from '../src/private/async-edges/template';
import { validateEdges } from '../src/private/async-edges/validate-edges';

/** The resources of the full example and of its nested stack, without their paths, so that their names are their logical IDs. */
export function resourcesWithNested(stack: Stack): Record<string, { Type: string; Properties: Json }> {
  // Alarms on subscriptions are added at synthesis.
  Template.fromStack(stack);
  const { resources } = collectResources(stack);
  return Object.fromEntries(Object.entries(resources).map(([id, { Type, Properties = {} }]) => [id, { Type, Properties }]));
}

/** Updates docs/edges.md: every edge of the full example, its dead-letter queue, and the alarm on that queue. */
export function withEdges(document: string): string {
  const resources = resourcesWithNested(new FullOrdersStack(new App(), 'Full', { local: false }));
  const edges = validateEdges(resources).edges.map(({ alarm, ...edge }) => ({ ...edge, alarm: alarm?.replace('Full/', '') }));
  return withGeneratedSection(document, 'edges', edgeTable(edges));
}
