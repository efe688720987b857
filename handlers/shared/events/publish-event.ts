import type { BusEvent, Publish } from './publish-events';

/**
 * Says one event on the bus.
 *
 * @throws Error when it could not be said.
 */
export async function publishEvent<Event extends BusEvent>(publish: Publish<Event>, event: Event): Promise<void> {
  const failures = await publish([event]);
  if (failures.has(event)) throw failures.get(event);
}
