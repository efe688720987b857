import type { Edge } from './edge';
import { asList, literalText, valueAt, type Json } from './template';
import type { IndexedResource, TemplateIndex } from './template-index';

/** Finds the targets of EventBridge rules and schedules. */
export const findRuleEdges = (index: TemplateIndex): Edge[] =>
  index.resourcesOfType('AWS::Events::Rule').flatMap((rule) =>
    asList(rule.properties.Targets).filter(({ Arn }) => Arn).map((target) => ruleEdge(rule, target, index)));

function ruleEdge({ id, properties }: IndexedResource, target: Json, index: TemplateIndex): Edge {
  const source = { Ref: id };
  const to = targetType(target, index);
  const arn = valueAt(target, 'DeadLetterConfig', 'Arn');
  const sender = { service: 'events.amazonaws.com', source } as const;
  return {
    kind: `${properties.ScheduleExpression ? 'schedule' : 'rule'} → ${to}`,
    definedBy: id,
    source,
    target: target.Arn,
    // A target with a role uses the permissions of that role.
    sender: ['queue', 'function'].includes(to) && !target.RoleArn ? sender : undefined,
    // CDK creates the rules that forward events to a bus in another account or Region, and accepts no dead-letter queue for them.
    deadLetterQueue: to === 'bus' && !arn ? undefined : {
      arn,
      fifo: false,
      sender,
      fix: 'Set `deadLetterQueue` on the target.',
    },
  };
}

function targetType({ Arn }: Json, index: TemplateIndex): 'queue' | 'function' | 'bus' | 'other' {
  if (index.findQueue(Arn) || literalText(Arn).includes(':sqs:')) return 'queue';
  if (index.findFunction(Arn) || literalText(Arn).includes(':lambda:')) return 'function';
  return index.find(Arn)?.type === 'AWS::Events::EventBus' || literalText(Arn).includes(':event-bus/') ? 'bus' : 'other';
}
