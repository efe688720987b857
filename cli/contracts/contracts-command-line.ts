import { OPTIONAL_FACTS } from '../../src/private/contract';
import type { ModelPointers } from '../../src/private/order-model/describe-model';
import { flag, parseOptions, text } from '../options';
import { UsageError } from '../usage-error';

/** A parsed command line of `contracts`. */
export interface ContractsCommandLine {
  readonly command: 'contracts';
  /** The folder to write to. */
  readonly out: string;
  readonly title: string;
  /** A model of an app: its schema and its pointers. Without it, the standard model. */
  readonly model?: { readonly path: string; readonly pointers: ModelPointers };
  /** The extension of the standard model. */
  readonly extension?: string;
}

const OPTIONS = {
  out: text,
  title: text,
  model: text,
  extension: text,
  fact: { type: 'string', multiple: true },
  changeable: { type: 'string', multiple: true },
  help: { ...flag, short: 'h' },
} as const;

const FACTS = ['orderId', ...OPTIONAL_FACTS];

/**
 * Parses the arguments after `contracts`; returns undefined when they request the help.
 *
 * @throws UsageError
 */
export function parseContracts(args: readonly string[]): ContractsCommandLine | undefined {
  const { help, out, title = 'Orders', model, extension, fact = [], changeable } = parseOptions(args, OPTIONS);
  if (help) return undefined;
  if (out === undefined) throw new UsageError('--out is required: the folder to write to');
  if (model !== undefined && extension !== undefined) throw new UsageError('--model and --extension cannot be given together');
  if (model === undefined && (fact.length > 0 || changeable !== undefined)) throw new UsageError('--fact and --changeable need --model');
  return { command: 'contracts', out, title, extension, ...(model === undefined ? {} : { model: { path: model, pointers: { ...pointersOf(fact), changeable } } }) };
}

/** Parses facts such as `customerId=/buyer/id`. */
function pointersOf(facts: readonly string[]): ModelPointers {
  const pointers = Object.fromEntries(facts.map((fact) => {
    const [, name, pointer] = /^(\w+)=(\/.*)$/.exec(fact) ?? [];
    if (name === undefined || !FACTS.includes(name)) {
      throw new UsageError(`--fact must be the name of a fact and a JSON Pointer, such as customerId=/buyer/id, got ${fact}; facts are ${FACTS.join(', ')}`);
    }
    return [name, pointer];
  }));
  if (pointers.orderId === undefined) throw new UsageError('--fact orderId=/… is required with --model');
  return pointers as unknown as ModelPointers;
}
