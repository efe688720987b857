import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { EnvName } from './contract';

/** Sets an environment variable of the contract with the handlers. */
export const setEnv = (handler: LambdaFunction, name: EnvName, value: string) => handler.addEnvironment(name, value);
