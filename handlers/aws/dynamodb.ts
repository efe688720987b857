import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { clientConfig } from './client-config';

/** The DynamoDB client of a function, for all its tables: each client takes milliseconds of a cold start, and has connections of its own. */
export const dynamodb = new DynamoDBClient(clientConfig());
