import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { clientConfig } from './client-config';

const stepFunctions = new SFNClient(clientConfig());

/**
 * Creates the function that starts an execution of a state machine by its name.
 *
 * @returns whether it is new. Step Functions remembers the name of a standard execution for 90 days after its end.
 */
export const executionStarter = (stateMachineArn: string) => async (name: string, input: string): Promise<boolean> => {
  try {
    await stepFunctions.send(new StartExecutionCommand({ stateMachineArn, name, input }));
    return true;
  } catch (error) {
    if (error instanceof ExecutionAlreadyExists) return false;
    throw error;
  }
};
