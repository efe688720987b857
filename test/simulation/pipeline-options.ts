/** Props of the pipeline that differ between runs. */
export interface PipelineOptions {
  /** How long commands are pending, in seconds. */
  readonly retention: number;
  readonly hasHook: boolean;
  readonly onInvalidOrder: 'SKIP_ORDER' | 'REJECT_FILE';
  readonly onExistingOrder: 'REJECT' | 'CHANGE';
}

const A_WEEK = 7 * 86_400;
const A_QUARTER_OF_AN_HOUR = 900;

/** The values of each option, the default first. */
export const RETENTIONS = [A_WEEK, A_QUARTER_OF_AN_HOUR] as const;

/** All combinations of the options. */
export const allOptions = (): PipelineOptions[] => RETENTIONS.flatMap((retention) => [false, true].flatMap((hasHook) =>
  (['SKIP_ORDER', 'REJECT_FILE'] as const).flatMap((onInvalidOrder) =>
    (['REJECT', 'CHANGE'] as const).map((onExistingOrder) => ({ retention, hasHook, onInvalidOrder, onExistingOrder })))));

/** The default of each option. */
export const defaultOptions = (): PipelineOptions => allOptions()[0];

/** Identifies a combination of options. */
export const keyOf = ({ retention, hasHook, onInvalidOrder, onExistingOrder }: PipelineOptions): string =>
  `${retention} ${hasHook} ${onInvalidOrder} ${onExistingOrder}`;
