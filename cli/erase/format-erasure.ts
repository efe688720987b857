import type { EraseCommandLine } from './erase-command-line';
import type { PlaceResult } from './erasure-run';
import type { PlaceNotReached } from './not-reached';
import { table } from '../console/commands/table';

/** The result of `erase`, as it prints it with `--json`. */
export interface ErasureResult {
  readonly executed: boolean;
  /** Whether everything that was found is erased. */
  readonly complete: boolean;
  /** The personal fields of an order, as JSON Pointers in which `*` is every key. */
  readonly personalFields: readonly string[];
  readonly places: readonly PlaceResult[];
  readonly notReached: readonly PlaceNotReached[];
}

const ACTIONS = { erase: ['to erase', 'erased'], delete: ['to delete', 'deleted'], list: ['stay', 'stay'] } as const;

const rowOf = ({ place, what, found, fields, action, done }: PlaceResult, executed: boolean) =>
  [place, `${found} ${what}`, fields, executed && action !== 'list' ? `${done} ${ACTIONS[action][1]}` : ACTIONS[action][0]];

/** Formats the result for people. */
export function formatErasure(result: ErasureResult, { customerId, location, tenant }: EraseCommandLine): string {
  const { executed, complete, personalFields, places, notReached } = result;
  const rows = places.filter(({ found, note }) => found > 0 || note !== undefined).map((each) => rowOf(each, executed));
  return [
    `Customer ${customerId}${tenant === undefined ? '' : ` of tenant ${tenant}`} in the pipeline of stack ${location.stack}.`,
    `Personal fields of an order: ${personalFields.join(', ')}`,
    '',
    ...(rows.length === 0 ? ['Nothing was found.'] : [table(['place', 'found', 'fields', 'action'], rows)]),
    ...places.flatMap(({ place, note }) => (note === undefined ? [] : ['', `${place}: ${note}.`])),
    '',
    'Not reached, and until when it has personal data:',
    ...notReached.map(({ place, until }) => `  ${place}: ${until}`),
    '',
    advice(executed, complete, rows.length > 0),
    '',
  ].join('\n');
}

function advice(executed: boolean, complete: boolean, hasFound: boolean): string {
  if (!executed) return hasFound ? 'Nothing was changed. Add --execute to erase it; redrive dead letters first that are still to be processed.' : 'Nothing was changed.';
  return complete ? 'Done. Run the command again when the commands that were under way are processed.' : 'Not everything is erased. Run the command again.';
}
