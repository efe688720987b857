import type { APIGatewayProxyEvent } from 'aws-lambda';
import { Problem } from './problem';

/**
 * Makes the check that a request has a method of its handler. Handlers of reads and of cancellations also receive requests with methods that
 * no route of their path has.
 *
 * @param methods        the methods of the handler.
 * @param allowedMethods the environment variable: the methods of each path, as the header `Allow` lists them.
 */
export function methodCheck(methods: readonly string[], allowedMethods: string): (event: APIGatewayProxyEvent) => void {
  const allowed = JSON.parse(allowedMethods) as Record<string, string>;
  return ({ httpMethod, resource }) => {
    if (methods.includes(httpMethod)) return;
    const allow = allowed[resource] ?? methods.join(', ');
    throw new Problem(405, 'method-not-allowed', `the method must be one of ${allow}`, [], { Allow: allow });
  };
}
