import type { Duration } from 'aws-cdk-lib';

/**
 * Which web pages may call the API from a browser (CORS).
 */
export interface ApiCorsOptions {
  /**
   * Origins of the pages, such as `https://shop.example.com`: scheme, host and port, without a path. 1 to 20, or `*` alone for any page. The API
   * authenticates by headers and not by cookies, so a page can do only what the credentials that it has permit.
   */
  readonly allowOrigins: string[];

  /**
   * Further request headers that pages may send, such as those of a Lambda authorizer: at most 20.
   *
   * @default - `Authorization`, `Content-Type`, `Idempotency-Key`, `If-Match`, `X-Amz-Date`, `X-Amz-Security-Token`, `X-Api-Key` and `X-Correlation-Id`
   */
  readonly allowHeaders?: string[];

  /**
   * How long a browser may keep the answer to a preflight request, whole seconds, at most a day. Chromium keeps it for two hours at most.
   *
   * @default Duration.minutes(10)
   */
  readonly maxAge?: Duration;
}
