import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { IHostedZone } from 'aws-cdk-lib/aws-route53';

/**
 * The custom domain name of the API: a new one with a `certificate`, or an existing one without.
 */
export interface ApiDomainOptions {
  /**
   * The domain name, in lower case, such as `orders.example.com`. Of an existing custom domain name of API Gateway, which must be regional and of
   * the account and region of the stack: `domainName` of a `DomainName` of aws-apigateway, or `name` of one of aws-apigatewayv2.
   */
  readonly domainName: string;

  /**
   * The ACM certificate of a new custom domain name, in the region of the stack.
   *
   * @default - `domainName` is an existing custom domain name, to which the API is added
   */
  readonly certificate?: ICertificate;

  /**
   * The hosted zone for an alias record (type A) of a new custom domain name.
   *
   * @default - no record: create one to the properties `regionalDomainName` and `regionalHostedZoneId` of `domainName` of the construct
   */
  readonly hostedZone?: IHostedZone;

  /**
   * The path of the API below the domain name, without slashes at the ends, such as `shop` or `shop/v1`: letters, digits and `$-_.+!*'()`, up to 300
   * characters. Several APIs can share a domain name with different base paths.
   *
   * @default - the root of the domain name
   */
  readonly basePath?: string;
}
