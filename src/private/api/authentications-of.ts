import { OrderAuthentication, type OrderRouteAuthentication } from '../../order-authentication';

/** The options of authentication. */
export interface AuthenticationOptions {
  readonly authentication?: OrderAuthentication;
  readonly routeAuthentication?: OrderRouteAuthentication;
}

/** All authentications of an API, each with the prop that it comes from. */
export function authenticationsOf({ authentication, routeAuthentication = {} }: AuthenticationOptions): [prop: string, authentication: OrderAuthentication][] {
  const ofRoutes = Object.entries(routeAuthentication) as [string, OrderAuthentication | undefined][];
  return [
    ['authentication', authentication ?? OrderAuthentication.apiKey()],
    ...ofRoutes.flatMap(([group, ofGroup]): [string, OrderAuthentication][] => (ofGroup ? [[`routeAuthentication.${group}`, ofGroup]] : [])),
  ];
}
