import type { Edge, EdgeKind } from './edge';
import { findAlarm } from './find-alarm';
import { findEdges } from './find-edges';
import type { TemplateResources } from './template';
import { TemplateIndex } from './template-index';
import type { AlarmRequirement } from './validate-dead-letter-queue';
import { validateEdge } from './validate-edge';

/** An asynchronous edge with the names of its resources. */
export interface EdgeDescription {
  readonly kind: EdgeKind;
  readonly source: string;
  readonly target: string;
  /** The queue or topic that receives failures; undefined if it is missing or AWS does not support one here. */
  readonly deadLetterQueue?: string;
  /** The alarm on the messages in the dead-letter queue; undefined if there is none. */
  readonly alarm?: string;
}

export interface EdgeValidationResult {
  readonly edges: EdgeDescription[];
  /** One or more sentences per error: the edge, the error and how to fix it. */
  readonly errors: string[];
}

export interface EdgeValidationOptions {
  /**
   * Whether a dead-letter queue, given by its logical id, needs an alarm.
   *
   * @default - no dead-letter queue needs one
   */
  readonly requireAlarm?: AlarmRequirement;
  /**
   * Whether to validate an edge, given by the logical ids of the resource that defines it and of its target.
   *
   * @default - all edges are validated
   */
  readonly includeEdge?: (kind: EdgeKind, definedBy: string, target?: string) => boolean;
}

/**
 * Proves that a template loses no messages: every failure at an asynchronous edge reaches a dead-letter queue. Returns the edges and the errors that
 * contradict this.
 */
export function validateEdges(
  resources: TemplateResources, { requireAlarm = () => false, includeEdge = () => true }: EdgeValidationOptions = {},
): EdgeValidationResult {
  const index = new TemplateIndex(resources);
  const edges = findEdges(index).filter(({ kind, definedBy, target }) => includeEdge(kind, definedBy, index.find(target)?.id));
  const descriptions = new Map(edges.map((edge) => [edge, describeEdge(edge, index)]));
  return {
    edges: [...descriptions.values()],
    errors: [...descriptions].flatMap(([edge, { kind, source, target }]) =>
      validateEdge(edge, index, requireAlarm).map((error) => `${source} → ${target} (${kind}) ${error}`)),
  };
}

function describeEdge({ kind, source, target, deadLetterQueue }: Edge, index: TemplateIndex): EdgeDescription {
  const queue = index.findQueue(deadLetterQueue?.arn);
  const alarm = queue && findAlarm(queue, index);
  return {
    kind,
    source: index.displayName(source),
    target: index.displayName(target),
    ...(deadLetterQueue?.arn ? { deadLetterQueue: index.displayName(deadLetterQueue.arn) } : {}),
    ...(alarm ? { alarm: index.displayName({ Ref: alarm.id }) } : {}),
  };
}
