import { RemovalPolicy } from 'aws-cdk-lib';
import { cannotBeSet, type ValidationError } from './validate';
import type { CommonOptions } from '../options';

/** Orders outlive the stack, but a first deployment that fails leaves nothing behind. */
export const RETAIN_ORDERS = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;

/** The removal policy of every resource that holds orders. */
export const removalPolicyOf = ({ removalPolicy }: Pick<CommonOptions, 'removalPolicy'>): RemovalPolicy =>
  (removalPolicy === RemovalPolicy.DESTROY ? RemovalPolicy.DESTROY : RETAIN_ORDERS);

/** Validates a removal policy. Queues, buckets and archives have no snapshots. */
export const validateRemovalPolicy = ({ removalPolicy }: Pick<CommonOptions, 'removalPolicy'>): ValidationError =>
  (removalPolicy === RemovalPolicy.SNAPSHOT ? '`removalPolicy` must be RETAIN, RETAIN_ON_UPDATE_OR_DELETE or DESTROY, got SNAPSHOT, which queues and buckets do not support' : undefined);

/** Validates whether a bucket is emptied when its stack is deleted. */
export function validateAutoDeleteObjects(props: { readonly autoDeleteObjects?: boolean; readonly bucket?: unknown } & Pick<CommonOptions, 'removalPolicy'>): ValidationError[] {
  if (props.bucket !== undefined) return cannotBeSet(props, ['autoDeleteObjects'], 'together with `bucket`');
  return props.removalPolicy === RemovalPolicy.DESTROY ? [] : cannotBeSet(props, ['autoDeleteObjects'], 'when `removalPolicy` is not DESTROY');
}
