import { TRIGGER_METADATA } from './sample-task';
import { ExecutionError, StepFunctions } from './step-functions';

/* eslint-disable @typescript-eslint/no-explicit-any -- steps have any input and result */

/** What the functions of the steps do, by their names; `undo-` and the name of a step for its compensation. */
export type Behavior = (name: string, input: any, attempt: number) => any;

/** What happened in an execution. */
export interface WorkflowRun {
  /** The invocations of functions, in sequence, as `<function>`. */
  readonly invocations: readonly string[];
  readonly inputs: ReadonlyMap<string, any>;
  /** The events on the bus, in sequence. */
  readonly events: readonly { readonly type: string; readonly detail: any }[];
  readonly output?: any;
  /** The name of the error with which the execution failed. */
  readonly error?: string;
  readonly cause?: string;
}

export const TRIGGER = {
  metadata: TRIGGER_METADATA,
  facts: { customerId: 'customer-1', currency: 'EUR', total: 4129 },
  data: { order: { orderId: 'order-1', items: [{ sku: 'a' }, { sku: 'b' }, { sku: 'c' }] }, status: 'CONFIRMED' },
};

/** An execution that started just now. */
export const EXECUTION = { Name: 'order-1-0123456789abcdef0123456789abcdef', StartTime: new Date().toISOString() };

/** Runs a definition with functions that behave as `behavior` describes. An error of `behavior` is one of the function. */
export async function runWorkflow(
  definition: object, behavior: Behavior = () => ({}), input: object = TRIGGER, execution: object = EXECUTION,
): Promise<WorkflowRun> {
  const invocations: string[] = [];
  const inputs = new Map<string, any>();
  const events: { type: string; detail: any }[] = [];
  const runTask = async (resource: string, task: any) => {
    if (resource.endsWith(':events:putEvents')) {
      for (const entry of task.Entries) {
        expect(entry).toMatchObject({ EventBusName: 'shared', Source: 'orders' });
        events.push({ type: entry.DetailType, detail: JSON.parse(entry.Detail) });
      }
      return { FailedEntryCount: 0 };
    }
    const isTask = resource.endsWith('.waitForTaskToken');
    const name = isTask ? task.Payload.task : task.FunctionName.split(':').at(-1);
    const item = task.Payload.step?.index === undefined ? name : `${name}[${task.Payload.step.index}]`;
    invocations.push(item);
    inputs.set(item, task.Payload);
    const result = await behavior(item, task.Payload, invocations.filter((each) => each === item).length);
    return isTask ? result : { StatusCode: 200, Payload: result ?? null };
  };
  try {
    const output = await new StepFunctions(definition, runTask, execution).run(input);
    return { invocations, inputs, events, output };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { invocations, inputs, events, error: error.name, cause: error.message };
  }
}

/** Fails an invocation with an error of the function. */
export function fail(name = 'Error'): never {
  throw new ExecutionError(name, '{"errorMessage":"secret"}');
}
