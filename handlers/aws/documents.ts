import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamodb } from './dynamodb';

/** The document client of a function. There is one, because document clients set their options in the client that they share. */
export const documents = DynamoDBDocumentClient.from(dynamodb, { marshallOptions: { removeUndefinedValues: true } });
