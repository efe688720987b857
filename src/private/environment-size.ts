import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { estimatedLength, mayExceed } from './text-length';

/** The maximum size of all environment variables of a function. */
const MAX_ENVIRONMENT_SIZE = 4096;

const ADVICE: Readonly<Record<string, string>> = {
  REDRIVE_ROUTES: 'remove or shorten the variables of the app',
  CALLERS: 'list fewer tenants, with shorter names, or know tenants by a claim or by the context of a Lambda authorizer',
  WEBHOOK_ENDPOINTS: 'list fewer `endpoints`, with shorter filters, and create the other webhooks over the API',
  CSV_FORMAT: 'list fewer `csv.columns`, with shorter names and pointers',
};

/** Validates the estimated size of the environment of a function, with the variables that the app added. */
export function validateEnvironmentSize(handler: LambdaFunction, variables: Readonly<Record<string, string>>): string[] {
  if (!mayExceed(handler, Object.entries(variables).flat(), MAX_ENVIRONMENT_SIZE)) return [];
  const sizes = Object.entries(variables).map(([name, value]) => [name, name.length + estimatedLength(handler, value)] as const);
  const size = sizes.reduce((total, [, each]) => total + each, 0);
  if (size <= MAX_ENVIRONMENT_SIZE) return [];
  const [largest, bytes] = sizes.reduce((one, other) => (other[1] > one[1] ? other : one));
  const advice = ADVICE[largest] ?? 'remove or shorten it';
  return [`the environment variables must have at most ${MAX_ENVIRONMENT_SIZE} bytes, got about ${size}, of which ${largest} has ${bytes}; ${advice}`];
}
