import type { Construct } from 'constructs';
import type { ApiHandlerOptions, CommonOptions } from '../options';
import { BundledFunction, type BundledFunctionProps } from './bundled-function';
import { constructIdOf } from './construct-id-of';
import { API_TIMEOUT } from './limits';
import { withDefaults } from './with-defaults';

/**
 * Creates a handler of the REST API.
 *
 * @param props   options of the construct.
 * @param options memory and timeout of this handler.
 */
export const apiFunction = (
  scope: Construct, props: CommonOptions, options: ApiHandlerOptions | undefined, own: Pick<BundledFunctionProps, 'handler' | 'description' | 'environment'>,
): BundledFunction =>
  new BundledFunction(scope, constructIdOf(own.handler), { ...props, ...withDefaults({ timeout: API_TIMEOUT }, options), ...own });
