import jsonata from 'jsonata';

/* eslint-disable @typescript-eslint/no-explicit-any -- states and their data are any JSON */

/** Does the work of a task: returns its result, or throws an error whose name Step Functions matches. */
export type TaskRunner = (resource: string, input: any, state: { readonly name: string; readonly timeoutSeconds?: number }) => any;

/** An error of an execution. */
export class ExecutionError extends Error {
  constructor(name: string, message = '') {
    super(message);
    this.name = name;
  }
}

/** Executes a definition in Amazon States Language, as far as workflows use it, with the reference implementation of JSONata. Waits take no time. */
export class StepFunctions {
  private readonly variables: Record<string, any> = {};

  constructor(private readonly definition: any, private readonly runTask: TaskRunner, private readonly execution: object) {}

  /** Runs the state machine. Throws an `ExecutionError` if the execution fails. */
  public run(input: any): Promise<any> {
    return this.runStates(this.definition, input, {});
  }

  private async runStates({ StartAt, States }: any, input: any, context: object): Promise<any> {
    let [name, data] = [StartAt, structuredClone(input)];
    for (;;) {
      const state = States[name];
      const { output, next } = await this.runState(name, state, data, context);
      if (next === undefined) return output;
      [name, data] = [next, output];
    }
  }

  private async runState(name: string, state: any, input: any, context: object): Promise<{ output: any; next?: string }> {
    const evaluate = (value: any, more: object = {}) => this.evaluate(value, { input, context: { Execution: this.execution, ...context }, ...more });
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(name, state, input, context, evaluate);
      } catch (thrown) {
        const error = thrown as Error;
        const matches = ({ ErrorEquals }: any) => ErrorEquals.includes('States.ALL') || ErrorEquals.includes(error.name)
          || (ErrorEquals.includes('States.TaskFailed') && error.name !== 'States.Timeout');
        const retrier = (state.Retry ?? []).find(matches);
        if (retrier && attempt <= (retrier.MaxAttempts ?? 3)) continue;
        const catcher = (state.Catch ?? []).find(matches);
        if (!catcher) throw error;
        const errorOutput = { Error: error.name, Cause: error.message };
        const output = state.QueryLanguage === 'JSONata'
          ? 'Output' in catcher ? await evaluate(catcher.Output, { errorOutput }) : errorOutput
          : withResult(catcher.ResultPath, input, errorOutput);
        return { output, next: catcher.Next };
      }
    }
  }

  private async attempt(
    name: string, state: any, input: any, context: object, evaluate: (value: any, more?: object) => Promise<any>,
  ): Promise<{ output: any; next?: string }> {
    const outputOf = async (result: any) => ('Output' in state ? evaluate(state.Output, { result }) : result);
    const { Next: next } = state;
    switch (state.Type) {
      case 'Pass':
        for (const [variable, value] of Object.entries(state.Assign ?? {})) this.variables[variable] = await evaluate(value);
        return { output: await outputOf(input), next };
      case 'Succeed': return { output: input };
      case 'Fail': throw new ExecutionError(await evaluate(state.Error), await evaluate(state.Cause));
      case 'Choice': return { output: input, next: await this.choose(state, evaluate) };
      case 'Task': {
        const timeoutSeconds = await evaluate(state.TimeoutSeconds);
        const argument = await this.evaluate(state.Arguments, { input, context: { Execution: this.execution, ...context, Task: { Token: `token-of-${name}` } } });
        return { output: await outputOf(await this.runTask(state.Resource, argument, { name, timeoutSeconds })), next };
      }
      case 'Parallel': {
        const results = await Promise.all(state.Branches.map((branch: any) => this.runStates(branch, input, context)));
        return { output: withResult(state.ResultPath, input, results), next };
      }
      case 'Map': {
        const items: any[] = await evaluate(state.Items);
        const results = await Promise.all(items.map(async (Value, Index) => {
          const inner = { ...context, Map: { Item: { Index, Value } } };
          const item = await this.evaluate(state.ItemSelector, { input, context: { Execution: this.execution, ...inner } });
          return this.runStates(state.ItemProcessor, item, inner);
        }));
        return { output: await outputOf(results), next };
      }
      default: throw new ExecutionError('States.Runtime', `unknown type ${state.Type}`);
    }
  }

  private async choose({ Choices, Default }: any, evaluate: (value: any) => Promise<any>): Promise<string> {
    for (const { Condition, Next } of Choices) if (await evaluate(Condition) === true) return Next;
    if (Default === undefined) throw new ExecutionError('States.NoChoiceMatched');
    return Default;
  }

  /** Evaluates the expressions in a value. Step Functions fails an execution for an expression without a result. */
  private async evaluate(value: any, states: object): Promise<any> {
    if (Array.isArray(value)) return Promise.all(value.map((each) => this.evaluate(each, states)));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(await Promise.all(Object.entries(value).map(async ([key, each]) => [key, await this.evaluate(each, states)])));
    }
    const expression = typeof value === 'string' ? /^\{%([^]*)%\}$/.exec(value)?.[1] : undefined;
    if (expression === undefined) return value;
    const parsed = jsonata(expression);
    parsed.registerFunction('parse', (text: string) => JSON.parse(text) as unknown);
    try {
      const result: unknown = await parsed.evaluate(undefined, { ...this.variables, states });
      if (result !== undefined) return JSON.parse(JSON.stringify(result));
    } catch (error) {
      throw new ExecutionError('States.QueryEvaluationError', `${(error as Error).message}: ${expression}`);
    }
    throw new ExecutionError('States.QueryEvaluationError', `no result: ${expression}`);
  }
}

/** Adds a result to the input by a result path, `null` to discard it. */
function withResult(path: string | null | undefined, input: any, result: any): any {
  if (path === null) return input;
  return path === undefined || path === '$' ? result : { ...input, [path.slice(2)]: result };
}
