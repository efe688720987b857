import type { Edge } from './edge';
import { inside, listOf, textOf, type Json } from './template';
import type { Place, TemplateIndex } from './template-index';

/** Rules and schedules with their targets. */
export const ruleEdges = (index: TemplateIndex): Edge[] =>
  index.ofType('AWS::Events::Rule').flatMap((rule) =>
    listOf(rule.properties.Targets).filter(({ Arn }) => Arn).map((target) => ruleEdge(rule, target, index)));

function ruleEdge({ id, properties }: Place, target: Json, index: TemplateIndex): Edge {
  const source = { Ref: id };
  const to = targetOf(target, index);
  const arn = inside(target, 'DeadLetterConfig', 'Arn');
  const sender = { service: 'events.amazonaws.com', source } as const;
  return {
    kind: `${properties.ScheduleExpression ? 'schedule' : 'rule'} → ${to}`,
    definedBy: id,
    source,
    target: target.Arn,
    // With a role of its own, a target is reached by that.
    sender: ['queue', 'function'].includes(to) && !target.RoleArn ? sender : undefined,
    // CDK itself sends events to the bus of another account or region, and takes no dead-letter queue for it.
    deadLetters: to === 'bus' && !arn ? undefined : {
      arn,
      fifo: false,
      sender,
      mend: 'give the target a deadLetterQueue',
    },
  };
}

function targetOf({ Arn }: Json, index: TemplateIndex): 'queue' | 'function' | 'bus' | 'other' {
  if (index.queueAt(Arn) || textOf(Arn).includes(':sqs:')) return 'queue';
  if (index.functionAt(Arn) || textOf(Arn).includes(':lambda:')) return 'function';
  return index.at(Arn)?.type === 'AWS::Events::EventBus' || textOf(Arn).includes(':event-bus/') ? 'bus' : 'other';
}
