import type { Observer } from './observe';
import { eventually } from '../test/support/eventually';

/** Looks until the outcome of everything is known and nothing is on its way; then, or after two minutes, gives what is known. */
export async function follow<Sent, Known extends Sent & { readonly outcome?: string }>(
  observer: Observer, sent: readonly Sent[], settle: (each: Sent) => Promise<Known>,
): Promise<Known[]> {
  let settled: Known[] = [];
  let known = -1;
  const finished = await eventually('all requests to settle', async () => {
    await observer.look();
    settled = await Promise.all(sent.map(settle));
    const nowKnown = settled.filter(({ outcome }) => outcome).length;
    if (nowKnown !== known) process.stdout.write(`  ${nowKnown} of ${settled.length} settled, ${observer.inFlight} messages on their way\n`);
    known = nowKnown;
    return known === settled.length && observer.inFlight === 0 ? settled : undefined;
  }, 120).catch(() => settled);
  return finished;
}
