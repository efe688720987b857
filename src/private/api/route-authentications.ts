import type { Construct } from 'constructs';
import type { OrderAuthentication, OrderRouteAuthentication } from '../../order-authentication';

/** The authentication of groups of routes. Synthesis fails for a group that has no route: it would have no effect. */
export class RouteAuthentications {
  private readonly used = new Set<keyof OrderRouteAuthentication>();

  constructor(scope: Construct, private readonly groups: OrderRouteAuthentication = {}) {
    scope.node.addValidation({ validate: () => this.unusedGroups() });
  }

  /** The authentication of a group of routes that is added to the API. Undefined for that of the API. */
  public authenticationOf(group: keyof OrderRouteAuthentication): OrderAuthentication | undefined {
    this.used.add(group);
    return this.groups[group];
  }

  /** Whether a group has IAM authentication. */
  public get hasIam(): boolean {
    return Object.values(this.groups as Record<string, OrderAuthentication | undefined>).some((each) => each?._scheme.kind === 'iam');
  }

  private unusedGroups(): string[] {
    const set = (Object.keys(this.groups) as (keyof OrderRouteAuthentication)[]).filter((group) => this.groups[group] !== undefined);
    return set.filter((group) => !this.used.has(group)).map((group) => `\`routeAuthentication.${group}\` cannot be set when the API has no such route; omit it`);
  }
}
