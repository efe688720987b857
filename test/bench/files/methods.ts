/** A method to read a file of orders. */
export interface Method {
  /** The name of the file in `methods/`. */
  readonly name: string;
  /** The module in `methods/`; that with its name by default. */
  readonly module?: string;
  readonly label: string;
  readonly format: 'array' | 'ndjson' | 'csv';
  /** Whether it is code of this repository, whose memory is also measured with a file of a tenth of the size. */
  readonly isOurs: boolean;
  /** Whether the file may be larger than memory. */
  readonly constantMemory: 'yes' | 'no' | 'n/a';
}

const other = (name: string, label: string): Method => ({ name, label, format: 'array', isOurs: false, constantMemory: 'yes' });

/** The compared methods, the theoretical limit first. */
export const METHODS: Method[] = [
  { name: 'limit', label: 'limit: pre-split, JSON.parse per order', format: 'ndjson', isOurs: false, constantMemory: 'n/a' },
  { name: 'ours', label: 'ours: array, JSON.parse per order', format: 'array', isOurs: true, constantMemory: 'yes' },
  { name: 'ours-ndjson', module: 'ours', label: 'ours: NDJSON, JSON.parse per order', format: 'ndjson', isOurs: true, constantMemory: 'yes' },
  { name: 'extract-orders', label: 'extract-orders: all but sending', format: 'array', isOurs: true, constantMemory: 'yes' },
  { name: 'validate-file', label: 'validate-file: all but writing', format: 'array', isOurs: true, constantMemory: 'yes' },
  { name: 'ours-csv', module: 'ours', label: 'ours: CSV, JSON.parse per order', format: 'csv', isOurs: true, constantMemory: 'yes' },
  { name: 'csv-cells', label: 'ours: rows and cells of CSV only', format: 'csv', isOurs: false, constantMemory: 'yes' },
  { name: 'csv-parse', label: 'csv-parse: rows and cells of CSV only', format: 'csv', isOurs: false, constantMemory: 'yes' },
  { ...other('whole', 'JSON.parse of the whole file'), constantMemory: 'no' },
  other('clarinet', 'clarinet + assembler'),
  other('jsonparse', 'jsonparse'),
  other('streamparser', '@streamparser/json'),
  other('stream-json', 'stream-json'),
];
