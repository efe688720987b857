import type { MethodLoggingLevel, ThrottleSettings } from 'aws-cdk-lib/aws-apigateway';
import type { AuthenticationOptions } from './authentications-of';
import type { ApiCorsOptions } from '../../api-cors-options';
import type { ApiDomainOptions } from '../../api-domain-options';
import type { OrderApi } from '../../order-api';

/** The options of an API that are validated together. */
export interface ApiOptions extends AuthenticationOptions {
  readonly api?: OrderApi;
  readonly domain?: ApiDomainOptions;
  readonly defaultEndpoint?: boolean;
  readonly cors?: ApiCorsOptions;
  readonly webAclArn?: string;
  readonly throttle?: ThrottleSettings;
  readonly accessLog?: boolean;
  readonly executionLogLevel?: MethodLoggingLevel;
  readonly cloudWatchRole?: boolean;
}
