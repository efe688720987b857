/**
 * What operators may do with the console of a pipeline.
 */
export interface OrderConsoleAccess {
  /**
   * Whether they may change something: redrive messages, upload files, and place, change and cancel orders. The command needs `--allow-changes`, too.
   *
   * @default false
   */
  readonly allowChanges?: boolean;
}
