import { RESOURCE_COSTS } from './resource-costs';
import { addUsage, type Usage } from './usage';
import type { TemplateResource } from '../../simulation/template-resources';

type Resources = Readonly<Record<string, TemplateResource>>;

/** What a template uses in a month without an order, by the type of the resources. */
export function usageAtRest(resources: Resources): Map<string, { readonly count: number; readonly usage: Usage }> {
  const types = Map.groupBy(Object.values(resources), ({ Type }) => Type);
  return new Map([...types].flatMap(([type, group]) => {
    const cost = RESOURCE_COSTS[type];
    const usage = cost && 'monthly' in cost && cost.monthly ? addUsage(...group.map(({ Properties = {} }) => cost.monthly!(Properties, resources))) : {};
    return Object.keys(usage).length > 0 ? [[type, { count: group.length, usage }] as const] : [];
  }));
}

/** What of a template costs something that the tool does not know. */
export const notPricedIn = (resources: Resources): string[] =>
  [...Map.groupBy(Object.values(resources), ({ Type }) => Type)].flatMap(([type, group]) => notPricedOf(type, group));

function notPricedOf(type: string, group: readonly TemplateResource[]): string[] {
  const cost = RESOURCE_COSTS[type];
  if (!cost) return [`${group.length} × ${type}: the tool does not know this type`];
  if ('notPriced' in cost) return [`${group.length} × ${type}: ${cost.notPriced}`];
  const webSocketApis = type === 'AWS::ApiGatewayV2::Api' ? group.filter(({ Properties }) => Properties.ProtocolType === 'WEBSOCKET').length : 0;
  return webSocketApis > 0 ? [`${webSocketApis} × ${type}: messages and connection minutes of WebSocket APIs`] : [];
}
