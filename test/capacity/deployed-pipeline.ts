import type { OrderProfile } from './handler-profile';
import { measureProfile } from './measure-profile';
import { orderAt } from './orders';
import { readCapacity, type CapacitySettings } from './read-capacity';
import type { OrderPipelineProps } from '../../src';
import { load } from '../simulation/account';
import { bundle } from '../simulation/bundle';
import { defaultOptions, keyOf } from '../simulation/pipeline-options';
import { synthesize } from '../simulation/synthesize';

/** What limits a pipeline with some props, from its template. */
export const settingsOf = (props: OrderPipelineProps = {}): CapacitySettings => readCapacity(synthesize(defaultOptions(), () => props));

/** What the handlers do for an order: they run once, on simulated services. */
export async function profileOf(order: (index: number) => object = orderAt): Promise<OrderProfile> {
  const key = keyOf(defaultOptions());
  const loaded = load(await bundle([], []), { [key]: settingsOf().deployment });
  return measureProfile(loaded, loaded.deployments[key], order);
}
