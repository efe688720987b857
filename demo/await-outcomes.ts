import type { PipelineState } from './pipeline-state';
import { eventually } from '../cli/local/system/eventually';

/** Enough for a machine under heavy load; an idle one needs about ten seconds. */
const TIMEOUT_SECONDS = 300;

/** Resolves requests until all have an outcome and no message is in flight. After the timeout, returns the outcomes known by then. */
export async function awaitOutcomes<Sent, Result extends Sent & { readonly outcome?: string }>(
  state: PipelineState, sent: readonly Sent[], resolve: (request: Sent) => Promise<Result>,
): Promise<Result[]> {
  let results: Result[] = [];
  let reported = -1;
  return eventually('the outcomes of all requests', async () => {
    await state.refresh();
    results = await Promise.all(sent.map(resolve));
    const known = results.filter(({ outcome }) => outcome).length;
    if (known !== reported) process.stdout.write(`  ${known} of ${results.length} outcomes known, ${state.inFlight} messages in flight\n`);
    reported = known;
    return known === results.length && state.inFlight === 0 ? results : undefined;
  }, TIMEOUT_SECONDS).catch(() => results);
}
