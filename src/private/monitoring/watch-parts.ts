import { Construct } from 'constructs';
import type { AlarmBoard } from './alarm-board';
import { serviceOf } from './metrics';
import { PipelineDashboard } from './road-dashboard';
import { costGraphs, apiGraphs, functionGraphs, outcomeGraphs, queueGraphs, retryGraphs, type Services } from './road-sections';
import { watchApi, watchFiles, watchRejections } from './watch-business';
import { watchRule } from './watch-events';
import { watchFunctions, watchStream } from './watch-functions';
import { watchProcessorDeadLetters, watchQueues } from './watch-queues';
import { idWithin, rulesOf, type MonitoredPart } from './watched';
import type { OrderPipelineMonitoringProps } from '../../order-pipeline-monitoring';

/** The services under which the parts count: what they were told themselves, unless the app says otherwise. */
export function servicesOf({ ingest, files, processor, lifecycle, serviceName }: OrderPipelineMonitoringProps): Services {
  const consumer = lifecycle?.changeOrderFunction ?? lifecycle?.cancelOrderFunction ?? lifecycle?.fulfillOrderFunction;
  return {
    ingest: ingest && (serviceName ?? serviceOf(ingest.validateOrderFunction)),
    files: files && (serviceName ?? serviceOf(files.validateFileFunction)),
    processor: processor && (serviceName ?? serviceOf(processor.publishOrderChangesFunction)),
    lifecycle: consumer && (serviceName ?? serviceOf(consumer)),
  };
}

/** Makes the alarms of all parts but the bus. */
export function watchParts(
  scope: Construct, parts: readonly MonitoredPart[], props: OrderPipelineMonitoringProps, services: Services, board: AlarmBoard,
): void {
  if (props.ingest) {
    watchApi(scope, props.ingest, board);
    watchRejections(scope, props.ingest, services.ingest!, board);
  }
  if (props.files) watchFiles(scope, props.files, services.files!, board);
  for (const watched of parts) {
    const within = new Construct(scope, watched.id);
    watchQueues(within, watched, board);
    watchFunctions(within, watched, board);
    for (const rule of rulesOf(watched.part)) watchRule(within, idWithin(watched.part, rule), rule, board);
  }
  if (props.processor) {
    watchProcessorDeadLetters(scope, props.processor, board);
    watchStream(scope, props.processor.publishOrderChangesFunction, board);
  }
}

/** Draws the dashboard, if the app wants one. What subscriptions add comes in among it, or behind it. */
export function drawDashboard(
  scope: Construct, parts: readonly MonitoredPart[], props: OrderPipelineMonitoringProps, services: Services, board: AlarmBoard,
): PipelineDashboard | undefined {
  if (props.dashboard === false) return undefined;
  const drawn = new PipelineDashboard(scope);
  drawn.open(scope.node.scope!.node.path);
  drawn.showAlarms(board);
  drawParts(drawn, parts, props, services);
  return drawn;
}

/** The parts, in the order of the road. */
function drawParts(drawn: PipelineDashboard, parts: readonly MonitoredPart[], props: OrderPipelineMonitoringProps, services: Services): void {
  if (props.ingest) drawn.section('The door', apiGraphs(props.ingest));
  drawn.section('Queues, in the order of the road', queueGraphs(parts));
  drawn.section('What became of orders and files', outcomeGraphs(services));
  drawn.section('Functions', functionGraphs(parts, props.processor?.publishOrderChangesFunction));
  const consuming = parts.filter(({ queues }) => queues.length > 0).map(({ queues }) => props.serviceName ?? serviceOf(queues[0].consumer));
  drawn.section('Retries', retryGraphs([...new Set(consuming)]));
  for (const { queues } of parts) {
    for (const { deadLetterQueue } of queues) drawn.addDeadLetters(deadLetterQueue, deadLetterQueue.node.id);
  }
  if (props.processor) {
    drawn.addDeadLetters(props.processor.changesDeadLetterQueue, 'ChangesDeadLetterQueue');
    drawn.addDeadLetters(props.processor.expiryDeadLetterQueue, 'ExpiryDeadLetterQueue');
  }
  for (const { part } of parts) {
    for (const rule of rulesOf(part)) drawn.addRule(rule, rule.node.id);
  }
  drawn.section('What the bill grows with', costGraphs(parts));
}
