import type { Confirmation } from '../support/order-lifecycle-model';

/** Props of the pipeline that differ between runs. */
export interface PipelineOptions {
  /** How long commands are pending, in seconds. */
  readonly retention: number;
  readonly hasHook: boolean;
  readonly onInvalidOrder: 'SKIP_ORDER' | 'REJECT_FILE';
  readonly onExistingOrder: 'REJECT' | 'CHANGE';
  /** How orders are confirmed, and what a change does to a pending one. */
  readonly confirmation: Confirmation;
}

const A_WEEK = 7 * 86_400;
const A_QUARTER_OF_AN_HOUR = 900;

/** The values of each option, the default first. */
export const RETENTIONS = [A_WEEK, A_QUARTER_OF_AN_HOUR] as const;

/** The combinations of the options that are simulated. Decisions are combined with the policies for orders and files. */
export const allOptions = (): PipelineOptions[] => [
  ...RETENTIONS.flatMap((retention) => [false, true].flatMap((hasHook) => withPolicies({ retention, hasHook, confirmation: 'none' }))),
  ...(['RESTART', 'REFUSE'] as const).flatMap((confirmation) => withPolicies({ retention: RETENTIONS[0], hasHook: false, confirmation })),
];

const withPolicies = (options: Omit<PipelineOptions, 'onInvalidOrder' | 'onExistingOrder'>): PipelineOptions[] =>
  (['SKIP_ORDER', 'REJECT_FILE'] as const).flatMap((onInvalidOrder) =>
    (['REJECT', 'CHANGE'] as const).map((onExistingOrder) => ({ ...options, onInvalidOrder, onExistingOrder })));

/** The default of each option. */
export const defaultOptions = (): PipelineOptions => allOptions()[0];

/** Identifies a combination of options. */
export const keyOf = ({ retention, hasHook, onInvalidOrder, onExistingOrder, confirmation }: PipelineOptions): string =>
  `${retention} ${hasHook} ${onInvalidOrder} ${onExistingOrder} ${confirmation}`;
