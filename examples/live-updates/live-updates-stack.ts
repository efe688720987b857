import { CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { UserPool, UserPoolGroup } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import { OrderApi, OrderAuthentication, OrderOperators, OrderPipeline } from 'cdk-order-pipeline';

export interface LiveUpdatesStackProps extends StackProps {
  /** The origin of the page: scheme, host and port. */
  readonly siteOrigin: string;

  /** Whether the stack is deployed to a local AWS. */
  readonly local: boolean;
}

/** A pipeline, and live updates for the page in `site/`. Customers see their own orders only. */
export class LiveUpdatesStack extends Stack {
  constructor(scope: Construct, id: string, { siteOrigin, local, ...props }: LiveUpdatesStackProps) {
    super(scope, id, props);

    const users = new UserPool(this, 'Users', { signInCaseSensitive: false, ...(local ? { removalPolicy: RemovalPolicy.DESTROY } : {}) });
    const site = users.addClient('Site', { authFlows: { userPassword: true }, disableOAuth: true, preventUserExistenceErrors: true });
    const operators = new UserPoolGroup(this, 'Operators', { userPool: users, groupName: 'operators' });

    const orders = new OrderPipeline(this, 'Orders', {
      api: OrderApi.http(),
      authentication: OrderAuthentication.cognito({ userPools: [users], userPoolClients: [site] }),
      cors: { allowOrigins: [siteOrigin] },
      customerClaim: 'sub',
      operators: [OrderOperators.claim('cognito:groups', operators.groupName)],
      liveUpdates: local ? { cloudWatchRole: false } : {},
      fileIngest: false,
      // A local AWS has no event archives, no account-wide role of API Gateway and no alarms on metric math.
      ...(local ? { archive: false, monitoring: { alarms: false }, removalPolicy: RemovalPolicy.DESTROY } : {}),
    });

    const config = {
      apiUrl: orders.ingest.url,
      liveUpdatesUrl: orders.liveUpdates!.url,
      cognitoUrl: `https://cognito-idp.${this.region}.${this.urlSuffix}/`,
      clientId: site.userPoolClientId,
    };
    new CfnOutput(this, 'SiteConfig', { value: this.toJsonString(config), description: 'The contents of site/config.json' });
    new CfnOutput(this, 'UserPoolId', { value: users.userPoolId });
  }
}
