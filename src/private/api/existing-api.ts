import type { IRestApi } from 'aws-cdk-lib/aws-apigateway';
import type { IHttpApi } from 'aws-cdk-lib/aws-apigatewayv2';

/** An API of the app, to which routes are added. */
export interface ExistingApi {
  readonly restApi?: IRestApi;
  readonly httpApi?: IHttpApi;
  readonly stageName?: string;
  readonly url?: string;
}
