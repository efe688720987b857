import { COMMON_OPTIONS, flag, parseOptions, text, type PipelineLocation } from '../options';
import { UsageError } from '../usage-error';

/** A parsed command line of `erase`. */
export interface EraseCommandLine {
  readonly command: 'erase';
  readonly location: PipelineLocation & { readonly stack: string };
  readonly pipeline?: string;
  readonly customerId: string;
  readonly tenant?: string;
  /** JSON Pointers to personal fields besides those that the order model marks. */
  readonly fields: readonly string[];
  readonly deletesFiles: boolean;
  readonly skipsFiles: boolean;
  readonly execute: boolean;
  readonly json: boolean;
}

const { stack, region, profile, json, help } = COMMON_OPTIONS;
const OPTIONS = {
  stack,
  region,
  profile,
  json,
  help,
  'pipeline': text,
  'customer': text,
  'tenant': text,
  'field': { type: 'string', multiple: true },
  'delete-files': flag,
  'skip-files': flag,
  'execute': flag,
} as const;

/**
 * Parses the arguments after `erase`; returns undefined when they request the help.
 *
 * @throws UsageError
 */
export function parseErase(args: readonly string[]): EraseCommandLine | undefined {
  const values = parseOptions(args, OPTIONS);
  if (values.help) return undefined;
  const { customer, tenant, field: fields = [], execute, 'delete-files': deletesFiles, 'skip-files': skipsFiles } = values;
  if (values.stack === undefined) throw new UsageError('--stack is required');
  if (customer === undefined) throw new UsageError('--customer is required: the ID of the customer, as orders have it');
  if (deletesFiles && skipsFiles) throw new UsageError('--delete-files and --skip-files cannot be given together');
  const wrong = fields.find((each) => !/^(\/([^~/]|~[01])+)+$/.test(each));
  if (wrong !== undefined) throw new UsageError(`--field must be a JSON Pointer to a field, such as /buyer/name or /lines/*/note, got ${wrong}`);
  return {
    command: 'erase',
    location: { stack: values.stack, region: values.region, profile: values.profile },
    pipeline: values.pipeline,
    customerId: customer,
    tenant,
    fields,
    deletesFiles,
    skipsFiles,
    execute,
    json: values.json,
  };
}
