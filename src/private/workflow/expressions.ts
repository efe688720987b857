/* JSONata expressions of the states of workflows. The state of an execution is the detail of the event, with the outcomes of the steps in `steps`. */

/** Marks text as JSONata. */
export const jsonata = (expression: string): string => `{% ${expression} %}`;

/** The text between the marks of an expression. */
export const expressionIn = (marked: string): string => marked.replace(/^\{%/, '').replace(/%\}$/, '').trim();

/** Whether a text is an expression. */
export const isJsonata = (text: string): boolean => /^\{%[^]*\S[^]*%\}$/.test(text);

/** A text literal. */
export const literal = (text: string): string => JSON.stringify(text);

/** The outcome of a step. */
export const outcomeOf = (step: string): string => `$states.input.steps.\`${step}\``;

/** The state, or a part of it, with the outcome of a step. */
export const withOutcome = (step: string, outcome: string, state = '$states.input'): string =>
  `$merge([${state}, {"steps": $merge([$states.input.steps, {${literal(step)}: ${outcome}}])}])`;

/** The longest message of a failure. */
const MAX_MESSAGE = 500;

/** The outcome of a step by the response of its function, which declines the step by `{ "outcome": "FAILED", "code", "message" }`. */
export const outcomeOfResponse = (response: string, result = '$response'): string => `($response := ${response}; $response.outcome = "FAILED" `
  + `? {"status": "FAILED", "code": $exists($response.code) ? $string($response.code) : "FAILED", "message": $substring($string($response.message), 0, ${MAX_MESSAGE})} `
  + ': {"status": "SUCCEEDED", "result": ' + result + '})';

/** The outcome of a step that ended with an error. Its cause is in the history of the execution only, because it can have contents of orders. */
export const outcomeOfError = (error: string): string => `{"status": "UNKNOWN", "code": ${error}}`;

/** Whether a step may have taken effect. */
export const mayHaveTakenEffect = (outcome: string): string => `${outcome}.status in ["SUCCEEDED", "UNKNOWN"]`;

/** The state without some entries. */
export const inputWithout = (...keys: readonly string[]): string =>
  `$sift($states.input, function($value, $key) { $not($key in ${JSON.stringify(keys)}) })`;

/** Identifies a step of an execution: the same for every attempt. */
export const stepKey = (step: string, suffix = '""'): string => `$states.context.Execution.Name & ${literal(`:${step}`)} & ${suffix}`;
