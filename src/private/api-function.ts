import type { Construct } from 'constructs';
import type { CommonOptions, HandlerOptions } from '../options';
import { BundledFunction, type BundledFunctionProps } from './bundled-function';
import { constructIdOf } from './construct-id-of';
import { API_TIMEOUT } from './limits';
import { withDefaults } from './with-defaults';

/**
 * A handler behind the REST API.
 *
 * @param props what all handlers of the construct have in common.
 * @param sizes as the user chose them for this one.
 */
export const apiFunction = (
  scope: Construct, props: CommonOptions, sizes: HandlerOptions | undefined, own: Pick<BundledFunctionProps, 'handler' | 'description' | 'environment'>,
): BundledFunction => new BundledFunction(scope, constructIdOf(own.handler), { ...props, ...withDefaults({ timeout: API_TIMEOUT }, sizes), ...own });
