import { alarmOn } from './alarm-on';
import { bucketEdges } from './bucket-edges';
import type { RequireAlarm } from './dead-letter-faults';
import type { Edge, EdgeKind } from './edge';
import { edgeFaults } from './edge-faults';
import { invocationEdges } from './invocation-edges';
import { mappingEdges } from './mapping-edges';
import { ruleEdges } from './rule-edges';
import type { TemplateResources } from './template';
import { TemplateIndex } from './template-index';
import { topicEdges } from './topic-edges';

/** Where something is handed over without anybody waiting for what becomes of it, as people read it. */
export interface AsyncEdge {
  readonly kind: EdgeKind;
  readonly source: string;
  readonly target: string;
  /** Where what fails goes; undefined where AWS knows no such queue, or where it is missing. */
  readonly deadLetterQueue?: string;
  /** The alarm that goes off when something is in there; undefined where there is none. */
  readonly alarm?: string;
}

export interface Proof {
  readonly edges: AsyncEdge[];
  /** What is wrong, a sentence each, with how to mend it. */
  readonly faults: string[];
}

export interface ProofOptions {
  /** Which dead-letter queues need an alarm on their messages, by their logical ids. By default none does. */
  readonly requireAlarm?: RequireAlarm;
  /** Which edges are meant, by the logical ids of the resource that defines it and of its target. By default all are. */
  readonly isMeant?: (kind: EdgeKind, definedBy: string, target?: string) => boolean;
}

/** Proves of a template that nothing gets lost: that whatever fails at an asynchronous edge gets to a dead-letter queue. */
export function proveEdges(resources: TemplateResources, { requireAlarm = () => false, isMeant = () => true }: ProofOptions = {}): Proof {
  const index = new TemplateIndex(resources);
  const edges = edgesOf(index).filter(({ kind, definedBy, target }) => isMeant(kind, definedBy, index.at(target)?.id));
  const readable = new Map(edges.map((edge) => [edge, readableEdge(edge, index)]));
  return {
    edges: [...readable.values()],
    faults: [...readable].flatMap(([edge, { kind, source, target }]) =>
      edgeFaults(edge, index, requireAlarm).map((fault) => `${source} → ${target} (${kind}) ${fault}`)),
  };
}

function edgesOf(index: TemplateIndex): Edge[] {
  const direct = [...bucketEdges(index), ...mappingEdges(index), ...ruleEdges(index), ...topicEdges(index)];
  return [...direct, ...invocationEdges(index, direct)];
}

function readableEdge({ kind, source, target, deadLetters }: Edge, index: TemplateIndex): AsyncEdge {
  const queue = index.queueAt(deadLetters?.arn);
  const alarm = queue && alarmOn(queue, index);
  return {
    kind,
    source: index.nameOf(source),
    target: index.nameOf(target),
    ...(deadLetters?.arn ? { deadLetterQueue: index.nameOf(deadLetters.arn) } : {}),
    ...(alarm ? { alarm: index.nameOf({ Ref: alarm.id }) } : {}),
  };
}
