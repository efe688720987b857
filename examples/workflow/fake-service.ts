import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { Construct } from 'constructs';
import type { OrderEventBus } from 'cdk-order-pipeline';

/** Adds a function of another team's service, which records what it did in a table. */
export function fakeService(scope: Construct, id: string, file: string, handler: string, effects: ITable): NodejsFunction {
  const service = new NodejsFunction(scope, id, {
    runtime: Runtime.NODEJS_24_X,
    entry: join(__dirname, 'services', file),
    handler,
    memorySize: 256,
    timeout: Duration.seconds(30),
    environment: { EFFECTS_TABLE_NAME: effects.tableName },
    bundling: { bundleAwsSDK: true, minify: true },
  });
  effects.grantReadWriteData(service);
  return service;
}

/** Adds a warehouse, which ships orders when it receives `OrderTaskRequested`, and answers with an event. */
export function fakeWarehouse(scope: Construct, task: string, events: OrderEventBus, effects: ITable): void {
  const warehouse = fakeService(scope, 'Warehouse', 'warehouse.ts', 'ship', effects);
  warehouse.addEnvironment('EVENT_BUS_NAME', events.eventBus.eventBusName);
  warehouse.addEnvironment('EVENT_SOURCE', events.eventSource);
  events.grantPutEvents(warehouse);
  events.onOrderTaskRequested('Shipments', { tasks: [task], target: new LambdaFunction(warehouse) });
}
