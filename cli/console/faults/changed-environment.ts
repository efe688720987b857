import type { ConsoleAws } from '../aws/console-aws';

type Variables = Readonly<Record<string, string | undefined>>;

/** Changes the environment of a function for a time. */
export class ChangedEnvironment {
  private original?: Readonly<Record<string, string>>;
  private readonly changes = new Map<string, Variables>();

  constructor(private readonly functionName: string, private readonly aws: Pick<ConsoleAws, 'environment' | 'setEnvironment'>) {}

  /** Applies changes under a name to new invocations. A variable that is undefined is removed. */
  async change(name: string, changes: Variables): Promise<void> {
    this.original ??= await this.aws.environment(this.functionName);
    this.changes.set(name, changes);
    await this.apply();
  }

  /** Undoes the changes under a name. */
  async restore(name: string): Promise<void> {
    if (this.changes.delete(name)) await this.apply();
  }

  private async apply(): Promise<void> {
    const changed = Object.assign({}, this.original, ...this.changes.values()) as Variables;
    const variables = Object.entries(changed).filter((entry): entry is [string, string] => entry[1] !== undefined);
    await this.aws.setEnvironment(this.functionName, Object.fromEntries(variables));
    if (this.changes.size === 0) this.original = undefined;
  }
}
