import { formatCurl } from './format-curl';
import type { PipelineApi } from './locate-api';
import type { ApiResponse } from './orders-client';
import { cancelOrder } from './requests';

const DOCS = 'https://github.com/cdk-order-pipeline/cdk-order-pipeline/blob/main/docs';

/** Formats the status of an order, and why it was rejected. */
export function formatStatus({ body: { status, version, total, rejection } }: ApiResponse, seconds: number): string {
  const errors = ((rejection?.errors ?? []) as { path: string; code: string; message: string }[]).map(({ path, code, message }) => `\n  ${path} ${code}: ${message}`).join('');
  const reason = rejection ? `: ${rejection.code}, ${rejection.reason}${errors}` : `, version ${version}${total === undefined ? '' : `, total ${total}`}`;
  return `${status} after ${seconds.toFixed(1)} seconds${reason}`;
}

/** Formats the events of an order, one per line. */
export function formatHistory({ status, body }: ApiResponse): string {
  const events = (body.items ?? []) as { occurredAt: string; type: string }[];
  if (status === 200 && events.length > 0) return events.map(({ occurredAt, type }) => `${occurredAt}  ${type}`).join('\n');
  return isMissingRoute({ status, body }) ? 'The pipeline has no history: its prop history is false.' : 'The history has no events yet; repeat the request later.';
}

/** Whether a response is that of a path which the API does not have, and not that of an order which does not exist yet. */
export const isMissingRoute = ({ status, body }: Pick<ApiResponse, 'status' | 'body'>): boolean =>
  status === 404 && !String(body.type).endsWith(':order-not-found');

/** What to do after the first order. */
export function formatNext(orderId: string, { headers, pipeline }: PipelineApi): string {
  return [
    `Cancel the order: ${formatCurl(cancelOrder(orderId, headers))}`,
    `Subscribe to its events: ${DOCS}/events.md`,
    ...(pipeline?.filesUri ? [`Send orders in a file: aws s3 cp orders.json ${pipeline.filesUri}`] : []),
    ...(pipeline?.dashboardUrl ? [`Dashboard: ${pipeline.dashboardUrl}`] : []),
  ].join('\n');
}

/** Where to look for an order without an outcome. */
export function formatMissingOutcome(orderId: string, seconds: number, stack: string | undefined, { pipeline }: PipelineApi): string {
  return [
    `The order ${orderId} was accepted and has no outcome after ${seconds} seconds. It is not lost. Where to look:`,
    '- its status: read it again later; --timeout waits longer',
    `- dead-letter queues: npx cdk-order-pipeline redrive --stack ${stack ?? '<name>'} --list --order ${orderId}`,
    ...(pipeline?.dashboardUrl ? [`- alarms and errors of functions: ${pipeline.dashboardUrl}`] : []),
    `- the runbook: ${DOCS}/runbook.md`,
  ].join('\n');
}
