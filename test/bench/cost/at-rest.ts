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

/** What the app's own resources cost when they are used: only those of the pipeline are measured. */
export const notMeasuredIn = (resourcesOfApp: readonly TemplateResource[]): string[] =>
  [...Map.groupBy(resourcesOfApp, ({ Type }) => Type)].flatMap(([type, { length }]) => {
    const cost = RESOURCE_COSTS[type];
    return cost && 'measured' in cost ? [`${length} × ${type} of the app: ${cost.measured}`] : [];
  });

function notPricedOf(type: string, group: readonly TemplateResource[]): string[] {
  const cost = RESOURCE_COSTS[type];
  if (!cost) return [`${group.length} × ${type}: the tool does not know this type`];
  if ('notPriced' in cost) return [`${group.length} × ${type}: ${cost.notPriced}`];
  return SPECIAL.filter((special) => special.type === type).flatMap(({ isSpecial, what }) => {
    const count = group.filter(({ Properties = {} }) => isSpecial(Properties)).length;
    return count > 0 ? [`${count} × ${type}: ${what}`] : [];
  });
}

/** Settings with which a type that is priced has other costs. */
const SPECIAL: readonly { readonly type: string; readonly what: string; readonly isSpecial: (properties: Properties) => boolean }[] = [
  { type: 'AWS::ApiGatewayV2::Api', what: 'messages and connection minutes of WebSocket APIs', isSpecial: ({ ProtocolType }) => ProtocolType === 'WEBSOCKET' },
  { type: 'AWS::ApiGateway::Stage', what: 'the cache', isSpecial: ({ CacheClusterEnabled }) => CacheClusterEnabled === true },
  { type: 'AWS::DynamoDB::GlobalTable', what: 'provisioned capacity; it counts as on-demand', isSpecial: ({ BillingMode }) => BillingMode !== 'PAY_PER_REQUEST' },
  { type: 'AWS::DynamoDB::GlobalTable', what: 'the further replicas', isSpecial: ({ Replicas = [] }) => Replicas.length > 1 },
];

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a template is JSON
type Properties = Readonly<Record<string, any>>;
