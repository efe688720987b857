import { flag, parseOptions, text, type PipelineLocation } from '../../options';
import { UsageError } from '../../usage-error';

/** What can be printed. */
export const VIEWS = ['status', 'orders', 'files', 'dead-letters', 'events'] as const;
export type View = (typeof VIEWS)[number];

/** A parsed command line that prints what the console shows. */
export interface ViewCommandLine {
  readonly command: View;
  readonly location: PipelineLocation & { readonly stack: string };
  readonly pipeline?: string;
  readonly json: boolean;
  readonly showsContents: boolean;
  /** What is searched. */
  readonly search: Readonly<Record<string, string>>;
}

const COMMON = {
  'stack': text, 'pipeline': text, 'region': text, 'profile': text, 'json': flag, 'show-contents': flag, 'help': { ...flag, short: 'h' },
} as const;

/** The options of each view, by the field of the search. */
const SEARCHES: Readonly<Record<View, Readonly<Record<string, string>>>> = {
  'status': {},
  'orders': {
    'order': 'orderId', 'customer': 'customerId', 'status': 'status', 'external-reference': 'externalReference', 'file': 'fileId', 'tenant': 'tenant', 'cursor': 'cursor',
  },
  'files': { file: 'fileId', state: 'state', tenant: 'tenant', cursor: 'cursor' },
  'dead-letters': {},
  'events': { type: 'type', order: 'orderId', tenant: 'tenant' },
};

/**
 * Makes the parser of the arguments after the name of a view; it returns undefined when they request the help.
 *
 * @throws UsageError
 */
export const parseView = (view: View) => (args: readonly string[]): ViewCommandLine | undefined => {
  const fields = SEARCHES[view];
  const options = Object.fromEntries(Object.keys(fields).map((option) => [option, text]));
  const { stack, pipeline, region, profile, json, help, 'show-contents': showsContents, ...search } = parseOptions(args, { ...COMMON, ...options });
  if (help) return undefined;
  if (stack === undefined) throw new UsageError('--stack is required');
  const given = Object.entries(search as Record<string, string | undefined>).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    command: view,
    location: { stack, region, profile },
    pipeline,
    json,
    showsContents,
    search: Object.fromEntries(given.map(([option, value]) => [fields[option], value])),
  };
};
