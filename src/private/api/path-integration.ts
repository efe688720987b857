import { PayloadFormatVersion, type HttpRouteIntegrationBindOptions } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';

/**
 * Integrates a handler with routes of an HTTP API. Events have the format of a REST API (version 1.0): it is the only one with the path that the
 * client sent, base path of a custom domain included.
 */
export class PathIntegration extends HttpLambdaIntegration {
  private readonly permittedPaths = new Set<string | undefined>();

  constructor(handler: IFunction) {
    super('Integration', handler, { payloadFormatVersion: PayloadFormatVersion.VERSION_1_0 });
  }

  /** Permits API Gateway to invoke the handler, once for each path: a permission is valid for all methods. */
  protected completeBind(options: HttpRouteIntegrationBindOptions): void {
    const { path } = options.route;
    if (this.permittedPaths.has(path)) return;
    this.permittedPaths.add(path);
    super.completeBind(options);
  }
}
