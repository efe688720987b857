/** A request of a function to a service of AWS. */
export interface Call {
  readonly functionName: string;
  readonly operation: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- requests of all services
  readonly input: any;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- responses of all services
  response?: any;
  error?: Error;
}

/** An invocation of a function. */
export interface Invocation {
  readonly functionName: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- events of all kinds
  readonly event: any;
  /** The time that its requests took. */
  readonly milliseconds: number;
}

/** What the functions did. */
export class Observed {
  readonly calls: Call[] = [];
  readonly invocations: Invocation[] = [];
  readonly lines: string[] = [];
  /** Functions that cannot be loaded, such as those that use services which are not simulated. They do nothing. */
  readonly notSimulated = new Set<string>();
  /** Functions of the app that were called. They accept and confirm every order. */
  readonly appFunctions = new Set<string>();
}
