import { OrderAuthentication, type OrderRouteAuthentication } from '../../order-authentication';

/** The options of authentication. */
export interface AuthenticationOptions {
  readonly authentication?: OrderAuthentication;
  readonly routeAuthentication?: OrderRouteAuthentication;
}

/** An authentication with the prop that it comes from. */
export type NamedAuthentication = [prop: string, authentication: OrderAuthentication];

/** All authentications of an API, each with the prop that it comes from. */
export function authenticationsOf({ authentication, routeAuthentication = {} }: AuthenticationOptions): NamedAuthentication[] {
  const ofRoutes = Object.entries(routeAuthentication) as [string, OrderAuthentication | undefined][];
  return [
    ['authentication', authentication ?? OrderAuthentication.apiKey()],
    ...ofRoutes.flatMap(([group, ofGroup]): NamedAuthentication[] => (ofGroup ? [[`routeAuthentication.${group}`, ofGroup]] : [])),
  ];
}
