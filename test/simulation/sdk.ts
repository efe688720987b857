import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as s3 from '@aws-sdk/client-s3';
import { named, type Caller } from './requests';

/** Sends a request: the name of its command without `Command`, its input, and options of the client. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- requests of all services
export type Send = (caller: Caller, operation: string, input: any, options?: any) => Promise<unknown>;

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- commands of all services
type Input = any;

class Command {
  constructor(readonly input: Input) {}
}

const command = (operation: string) => class extends Command {
  readonly operation = operation;
};

/** Commands that handlers use. The SDK's own commands take longer to construct than the simulation takes. */
const COMMANDS: Record<string, Record<string, unknown>> = {
  '@aws-sdk/client-sqs': commands(
    'SendMessage', 'SendMessageBatch', 'ReceiveMessage', 'DeleteMessageBatch', 'ChangeMessageVisibility', 'ChangeMessageVisibilityBatch',
    'GetQueueAttributes',
  ),
  '@aws-sdk/client-eventbridge': commands('PutEvents'),
  '@aws-sdk/client-sns': commands('Publish'),
  '@aws-sdk/client-ssm': commands('GetParameters'),
  '@aws-sdk/client-lambda': commands('Invoke'),
  '@aws-sdk/client-s3': { ...commands('GetObject', 'HeadObject', 'PutObject'), S3ServiceException: s3.S3ServiceException },
  '@aws-sdk/client-dynamodb': {
    ...commands('PutItem', 'BatchGetItem', 'BatchExecuteStatement'), QueryCommand: command('QueryItems'), ConditionalCheckFailedException: dynamodb.ConditionalCheckFailedException,
  },
  '@aws-sdk/lib-dynamodb': commands('Get', 'Put', 'Query', 'Update'),
};

function commands(...operations: string[]): Record<string, unknown> {
  return Object.fromEntries(operations.map((operation) => [`${operation}Command`, command(operation)]));
}

type Sent = { readonly operation: string; readonly input: Input };

/** The SDK of one process of a function: requests of its clients carry the process as their caller. */
export function sdkOf(caller: Caller, send: Send): (name: string) => unknown {
  const client = () => ({
    send: ({ operation, input }: Sent, options?: { readonly abortSignal?: AbortSignal }) =>
      unlessAborted(send(caller, operation, input), options?.abortSignal),
  });
  // A function that returns an object constructs that object when it is called with `new`.
  // eslint-disable-next-line prefer-arrow-callback -- an arrow function cannot be called with `new`
  const constructor = function () { return client(); };
  const documents = {
    from: (_: unknown, config?: { readonly marshallOptions?: object }) => ({
      send: ({ operation, input }: Sent) => send(caller, operation, input, config?.marshallOptions),
    }),
  };
  return (name) => {
    switch (name) {
      case '@aws-sdk/lib-storage': return { Upload: uploadBy(caller, send) };
      case '@aws-sdk/lib-dynamodb': return { ...COMMANDS[name], DynamoDBDocumentClient: documents };
      case '@aws-sdk/client-sqs': return { ...COMMANDS[name], SQSClient: constructor };
      case '@aws-sdk/client-eventbridge': return { ...COMMANDS[name], EventBridgeClient: constructor };
      case '@aws-sdk/client-sns': return { ...COMMANDS[name], SNSClient: constructor };
      case '@aws-sdk/client-ssm': return { ...COMMANDS[name], SSMClient: constructor };
      case '@aws-sdk/client-lambda': return { ...COMMANDS[name], LambdaClient: constructor };
      case '@aws-sdk/client-s3': return { ...COMMANDS[name], S3Client: constructor };
      case '@aws-sdk/client-dynamodb': return { ...COMMANDS[name], DynamoDBClient: constructor };
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- other modules are not simulated
      default: return require(name);
    }
  };
}

function unlessAborted(answer: Promise<unknown>, signal?: AbortSignal): Promise<unknown> {
  if (!signal) return answer;
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => { reject(named('AbortError')); });
    answer.then(resolve, reject);
  });
}

/** Puts the stream as one object, as the SDK does with a stream of at most one part. */
const uploadBy = (caller: Caller, send: Send) => class {
  constructor(private readonly options: { readonly params: { readonly Body: AsyncIterable<Uint8Array> } }) {}

  async done(): Promise<unknown> {
    const { params } = this.options;
    const chunks: Uint8Array[] = [];
    for await (const chunk of params.Body) chunks.push(chunk);
    return send(caller, 'PutObject', { ...params, Body: Buffer.concat(chunks) });
  }
};
