import type { Construct } from 'constructs';
import { validateWebhooksOptions } from './validate-webhooks';
import type { CommonOptions } from '../../options';
import { OrderWebhooks } from '../../order-webhooks';
import type { OrderWebhooksOptions, OrderWebhooksProps } from '../../order-webhooks-options';
import type { ValidationError } from '../validate';

interface PipelineProps extends CommonOptions {
  readonly webhooks?: OrderWebhooksOptions;
}

/** Creates the webhooks of a pipeline, if it has some. */
export function createPipelineWebhooks(
  scope: Construct, { webhooks }: PipelineProps, { ingest, ...common }: Omit<OrderWebhooksProps, keyof OrderWebhooksOptions>,
): OrderWebhooks | undefined {
  if (!webhooks) return undefined;
  return new OrderWebhooks(scope, 'Webhooks', { ...common, alertTopic: undefined, ...webhooks, ...(webhooks.managementApi ?? true ? { ingest } : {}) });
}

/** Validates the webhooks of a pipeline. Errors name the prop of the pipeline. */
export const validatePipelineWebhooks = (scope: Construct, { webhooks, ...common }: PipelineProps): ValidationError[] =>
  (webhooks ? validateWebhooksOptions(scope, webhooks, common).map((error) => error?.replace(/^`/, '`webhooks.')) : []);
