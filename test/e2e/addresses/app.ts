import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { MockIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { OrderApi, OrderAuthentication, OrderPipeline, type OrderPipelineProps } from 'cdk-order-pipeline';

/** A stack for each address of an API. */
const app = new App();

function pipelineIn(id: string, props: (stack: Stack) => OrderPipelineProps): void {
  const stack = new Stack(app, id);
  new OrderPipeline(stack, 'Orders', {
    fileIngest: false,
    redrive: false,
    // The local AWS has no event archives and no alarms on metric math.
    archive: false,
    monitoring: { alarms: false, dashboard: false },
    removalPolicy: RemovalPolicy.DESTROY,
    ...props(stack),
  });
}

/** The local AWS does not look at certificates. */
const certificateIn = (stack: Stack) => Certificate.fromCertificateArn(stack, 'Certificate', `arn:aws:acm:${stack.region}:${stack.account}:certificate/1`);

pipelineIn('RestDomain', (stack) => ({
  cloudWatchRole: false,
  domain: { domainName: 'rest.example.com', certificate: certificateIn(stack), basePath: 'shop/v1' },
  defaultEndpoint: false,
  vpc: new Vpc(stack, 'Vpc', { natGateways: 0, subnetConfiguration: [{ name: 'Orders', subnetType: SubnetType.PRIVATE_ISOLATED }] }),
}));

pipelineIn('HttpDomain', (stack) => ({
  api: OrderApi.http(),
  authentication: OrderAuthentication.none(),
  domain: { domainName: 'http.example.com', certificate: certificateIn(stack), basePath: 'shop' },
}));

pipelineIn('ExistingApi', (stack) => {
  const shop = new RestApi(stack, 'Shop', { cloudWatchRole: false });
  shop.root.addResource('prices').addMethod('GET', new MockIntegration());
  return { api: OrderApi.fromRestApi(shop) };
});
