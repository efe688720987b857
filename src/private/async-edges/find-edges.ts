import { findBucketEdges } from './bucket-edges';
import type { Edge } from './edge';
import { findEventSourceEdges } from './event-source-edges';
import { findInvocationEdges } from './invocation-edges';
import { findRuleEdges } from './rule-edges';
import type { TemplateIndex } from './template-index';
import { findTopicEdges } from './topic-edges';

/** Finds the asynchronous edges of a template. */
export function findEdges(index: TemplateIndex): Edge[] {
  const edges = [...findBucketEdges(index), ...findEventSourceEdges(index), ...findRuleEdges(index), ...findTopicEdges(index)];
  return [...edges, ...findInvocationEdges(index, edges)];
}
