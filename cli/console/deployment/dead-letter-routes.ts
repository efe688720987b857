import type { LoadedStack } from './loaded-stack';
import { readRoutes, type RedriveRoute, type RoutesSetting } from '../../../handlers/shared/redrive/redrive-routes';
import { findEdges } from '../../../src/private/async-edges/find-edges';
import { isFifo } from '../../../src/private/async-edges/queue-properties';
import { TemplateIndex } from '../../../src/private/async-edges/template-index';

/** The routes of `redrive-dead-letters`: those in its environment, and those in the parameters of the stack. */
export function routesOfFunction(redriveFunctionId: string, stack: LoadedStack): RedriveRoute[] {
  const setting = stack.environment(redriveFunctionId).REDRIVE_ROUTES;
  if (setting === undefined) return [];
  const { more = [] } = JSON.parse(setting) as RoutesSetting;
  const parameters = Object.entries(stack.resources).filter(([id, { Type }]) => Type === 'AWS::SSM::Parameter' && more.includes(stack.physicalId(id)!))
    .flatMap(([, { Properties }]) => stack.resolve(Properties.Value) ?? []);
  return [setting, ...parameters].flatMap(readRoutes);
}

/** The dead-letter queues of a pipeline without `redrive`, whose messages can be listed only. */
export function routesWithoutRedrive(stack: LoadedStack, ids: ReadonlySet<string>): RedriveRoute[] {
  const index = new TemplateIndex(stack.resources);
  const found = findEdges(index).flatMap(({ deadLetterQueue }) => index.findQueue(deadLetterQueue?.arn) ?? []);
  return [...new Set(found)].filter(({ id }) => ids.has(id)).map((queue) => ({
    name: queueName(queue.id),
    deadLetterQueueUrl: stack.physicalId(queue.id)!,
    isFifo: isFifo(queue) ?? false,
    notRedrivable: 'the prop `redrive` of the pipeline is false',
  }));
}

/** `processing` of `OrdersProcessorProcessingDeadLetterQueueBC1C215A`. */
const queueName = (id: string): string => {
  const [, name = id] = /([A-Z][a-z]*)DeadLetterQueue[0-9A-F]{8}$/.exec(id) ?? [];
  return name.toLowerCase();
};
