import type { BatchStatementRequest } from '@aws-sdk/client-dynamodb';
import type { PutCommandInput } from '@aws-sdk/lib-dynamodb';
import { documentInput } from './dynamodb';

/** Reads a PartiQL statement `INSERT INTO "table" VALUE {'name': ?, …}` with its parameters, the only kind that handlers use. */
export function readInsert({ Statement = '', Parameters = [] }: BatchStatementRequest): PutCommandInput {
  const [, TableName, fields] = /^INSERT INTO "([^"]+)" VALUE \{(.*)\}$/.exec(Statement) ?? [];
  const names = [...fields?.matchAll(/'(\w+)': \?/g) ?? []].map(([, name]) => name);
  if (TableName === undefined || names.length !== Parameters.length) throw new Error(`The statement is not known: ${Statement}`);
  return documentInput({ TableName, Item: Object.fromEntries(names.map((name, index) => [name, Parameters[index]])) });
}
