/** A stack, as CloudFormation describes it. */
export interface DeployedStack {
  /** Such as `CREATE_COMPLETE`. */
  readonly status: string;
  /** The values of the outputs by their keys. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** The requests to AWS about a stack and its API. */
export interface DeployedStacks {
  describe(stack: string): Promise<DeployedStack>;
  /** Returns the metadata of the template of a stack. */
  metadata(stack: string): Promise<Readonly<Record<string, unknown>>>;
  /** Returns the value of an API key. */
  apiKey(keyId: string): Promise<string>;
  /** The URL of the local AWS that described the stack, without a slash at the end; undefined with AWS itself. */
  localEndpoint(): string | undefined;
}
