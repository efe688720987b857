import { Duration, Size } from 'aws-cdk-lib';
import type { BatchFileIngestOptions } from '../batch-file-options';
import { DEFAULT_IGNORED_FILE_NAMES, EXISTING_ORDER_POLICY, INVALID_ORDER_POLICY } from './contract';
import { toCsvFormat } from './csv-format';
import { MAX_ORDER_SIZE } from './limits';

/** The settings of `validate-file`. Every file is extracted with those that it was validated with. */
export const fileSettings = (props: BatchFileIngestOptions) => ({
  IGNORED_FILE_NAMES: JSON.stringify(props.ignoredFileNames ?? DEFAULT_IGNORED_FILE_NAMES),
  IGNORE_EMPTY_FILES: String(props.ignoreEmptyFiles ?? false),
  ...(props.csv ? { CSV_FORMAT: JSON.stringify(toCsvFormat(props.csv)) } : {}),
  ON_INVALID_ORDER: props.onInvalidOrder ?? INVALID_ORDER_POLICY.SKIP_ORDER,
  ON_EXISTING_ORDER: props.onExistingOrder ?? EXISTING_ORDER_POLICY.REJECT,
  MAX_FILE_SIZE: String((props.maxFileSize ?? Size.gibibytes(1)).toBytes()),
  MAX_ORDER_SIZE: String((props.maxOrderSize ?? MAX_ORDER_SIZE).toBytes()),
  MAX_ORDERS_PER_FILE: String(props.maxOrdersPerFile ?? 1_000_000),
  FILE_HISTORY_RETENTION: String((props.fileHistoryRetention ?? Duration.days(90)).toSeconds()),
});
