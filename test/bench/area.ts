import type { Table } from './table';
import type { Target } from './target';

/** What an area measured in one run. */
export interface AreaReport {
  /** How it was measured, in a sentence or two, for those who read the tables. */
  readonly method: string;
  readonly tables: readonly Table[];
  readonly targets: readonly Target[];
}

/** An area of the benchmark: what it measures, and how. */
export interface Area {
  /** Its name on the command line and in the report. */
  readonly name: string;
  readonly title: string;
  /** Measures, with the area's own arguments if only this area runs. */
  readonly measure: (args: readonly string[]) => Promise<AreaReport>;
}
