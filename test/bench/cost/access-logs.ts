import type { MeasuredRun } from './measured-usage';
import { bytesOf } from './sizes';

/** Typical values of the variables in the format of an access log. */
const VALUES: Readonly<Record<string, string>> = {
  'requestId': '00000000-0000-4000-8000-000000000000',
  'requestTime': '31/Jan/2026:12:00:00 +0000',
  'httpMethod': 'POST',
  'resourcePath': '/orders',
  'routeKey': 'POST /orders',
  'status': '202',
  'integration.status': '202',
  'identity.apiKeyId': 'f6g7h8i9j0',
};
const OTHER_VALUE = '100';

/** The bytes of the access log: a line for each request. */
export function accessLogBytes({ pipeline: { template }, workload: { channel, orders } }: MeasuredRun): number {
  if (channel === 'file') return 0;
  const stages = Object.values(template.Resources).filter(({ Type }) => /^AWS::ApiGateway(V2)?::Stage$/.test(Type)).map(({ Properties }) => Properties);
  const format: string = stages.map(({ AccessLogSetting, AccessLogSettings }) => (AccessLogSetting ?? AccessLogSettings)?.Format).find((each) => typeof each === 'string') ?? '';
  return orders * bytesOf(format.replace(/\$context\.([A-Za-z.]*[A-Za-z])/g, (_, name: string) => VALUES[name] ?? OTHER_VALUE));
}
