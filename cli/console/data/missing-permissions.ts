/** Collects the permissions that the operator lacks, so that the console shows what it can, and what is missing. */
export class MissingPermissions {
  private readonly found = new Map<string, string>();

  /** The missing permissions as sentences. */
  list(): string[] {
    return [...this.found.values()];
  }

  /** Returns the result of a read, or the alternative if it is not allowed. */
  async orElse<Result>(read: Promise<Result>, alternative: Result): Promise<Result> {
    try {
      return await read;
    } catch (error) {
      const missing = missingPermission(error as Error);
      if (missing === undefined) throw error;
      this.found.set(missing.action, `${missing.action}${missing.resource ? ` on ${missing.resource}` : ''}`);
      return alternative;
    }
  }
}

/** The permission that an error of AWS is about. */
export interface MissingPermission {
  /** Such as `dynamodb:Query`; the name of the error if it does not state one. */
  readonly action: string;
  readonly resource?: string;
}

/** Returns the permission that is missing according to an error; undefined for any other error. */
export function missingPermission({ name, message }: Error): MissingPermission | undefined {
  if (!/^(AccessDenied|AccessDeniedException|AccessDeniedFault|Forbidden|UnauthorizedOperation|AuthorizationError)/.test(name)) return undefined;
  const [, action = name, resource] = /not authorized to perform:? (\S+?)(?: on resource:? (\S+))?(?: |$)/.exec(message) ?? [];
  return { action, ...(resource ? { resource } : {}) };
}
