import type { Deployment } from './deployment';

/** A route as the template has it in the environment of `redrive-dead-letters`, or in a parameter. */
interface Route {
  readonly name: string;
  readonly from: string;
  readonly notRedrivable?: string;
}

interface Setting {
  readonly routes: readonly Route[];
  readonly more?: readonly string[];
}

/** The routes by which messages are redriven. */
export class RedriveRoutes {
  private readonly routes: Map<string, Route>;

  constructor({ functions, parameters }: Deployment) {
    const { routes, more = [] } = JSON.parse(functions['redrive-dead-letters'].environment.REDRIVE_ROUTES) as Setting;
    const others = more.flatMap((name) => (JSON.parse(parameters[name]) as Setting).routes);
    this.routes = new Map([...routes, ...others].map((route) => [route.from, route]));
  }

  /** The name of the route from a dead-letter queue. */
  nameOf(deadLetterQueue: string): string | undefined {
    return this.routes.get(deadLetterQueue)?.name;
  }

  /** Whether messages may be left in a dead-letter queue: its route has a reason why they are not redrivable. */
  isRedrivable(deadLetterQueue: string): boolean {
    return this.routes.get(deadLetterQueue)?.notRedrivable === undefined;
  }
}
