import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { HttpIngestApi } from './http-ingest-api';
import type { IngestApi } from './ingest-api';
import { RestIngestApi } from './rest-ingest-api';
import type { CommonOptions } from '../../options';
import type { OrderAuthentication } from '../../order-authentication';
import type { RealtimeOrderIngestOptions } from '../../realtime-order-options';

/** Creates the API that the options select, without routes. */
export function createIngestApi(
  scope: Construct, props: RealtimeOrderIngestOptions & CommonOptions, authentication: OrderAuthentication, receiveOrderFunction: IFunction,
): IngestApi {
  return props.api?._kind === 'http'
    ? new HttpIngestApi(scope, props, authentication, receiveOrderFunction)
    : new RestIngestApi(scope, props, authentication);
}
