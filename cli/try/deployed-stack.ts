import type { DeployedTemplate } from '../console/deployment/loaded-stack';

/** A stack, as CloudFormation describes it. */
export interface DeployedStack {
  /** The ARN, which has the region and the account. */
  readonly id?: string;
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
  /** Returns the template of a stack. */
  template(stack: string): Promise<DeployedTemplate>;
  /** Returns the value of an API key. */
  apiKey(keyId: string): Promise<string>;
  /** The URL of the local AWS that described the stack, without a slash at the end; undefined with AWS itself. */
  localEndpoint(): string | undefined;
}
