import {
  ExecutionAlreadyExists, SendTaskSuccessCommand, SFNClient, StartExecutionCommand, TaskTimedOut,
  type SendTaskSuccessCommandInput, type StartExecutionCommandInput,
} from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';

const client = mockClient(SFNClient);

/** Step Functions, in memory: executions by their names, and the tasks that they wait for. */
export class FakeStepFunctions {
  public readonly executions = new Map<string, unknown>();
  /** The answers by their tokens. */
  public readonly answers = new Map<string, unknown>();
  /** The tokens of tasks that have ended. */
  public readonly ended = new Set<string>();

  constructor() {
    client.reset();
    client.on(StartExecutionCommand).callsFake((input: StartExecutionCommandInput) => this.start(input));
    client.on(SendTaskSuccessCommand).callsFake((input: SendTaskSuccessCommandInput) => this.succeed(input));
  }

  /** Makes all requests fail with an error. */
  public failWith(error: Error): void {
    client.reset();
    client.onAnyCommand().rejects(error);
  }

  private start({ name, input }: StartExecutionCommandInput): object {
    if (this.executions.has(name!)) throw new ExecutionAlreadyExists({ message: 'exists', $metadata: {} });
    this.executions.set(name!, JSON.parse(input!));
    return { executionArn: name, startDate: new Date() };
  }

  private succeed({ taskToken, output }: SendTaskSuccessCommandInput): object {
    if (this.ended.has(taskToken!)) throw new TaskTimedOut({ message: 'ended', $metadata: {} });
    this.ended.add(taskToken!);
    this.answers.set(taskToken!, JSON.parse(output!));
    return {};
  }
}
