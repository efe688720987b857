import { nextStates, statesBelow, type AslState, type AslStates } from './definition';

/** Validates that every execution of a definition can end. Each error states how to fix it. */
export const validateDefinition = (definition: AslStates): string[] => [
  ...validateEnds(definition),
  ...Object.entries(definition.States).flatMap(([name, state]) => [
    ...validateNextStates(name, state, definition),
    ...validateTimeout(name, state),
    ...statesBelow(state).flatMap(validateDefinition),
  ]),
];

/** Finds states that cannot be reached, and states from which no end can be reached. */
function validateEnds({ StartAt, States }: AslStates): string[] {
  const names = Object.keys(States);
  const reachable = closure([StartAt], (name) => nextStates(States[name] ?? END));
  const ending = closure(names.filter((name) => isEnd(States[name])), (end) => names.filter((name) => nextStates(States[name]).includes(end)));
  const endless = names.filter((name) => reachable.has(name) && !ending.has(name));
  return [
    ...names.filter((name) => !reachable.has(name)).map((name) => `the state ${name} cannot be reached from ${StartAt}; chain a state to it, or remove it`),
    ...(endless.length > 0 ? [`the workflow cannot end after ${endless.join(', ')}; add a way to a state without a next one, or to Succeed or Fail`] : []),
  ];
}

const END: AslState = { Type: 'Succeed' };

const isEnd = ({ Type, End }: AslState): boolean => End === true || Type === 'Succeed' || Type === 'Fail';

/** All names that can be reached from some names. */
function closure(names: readonly string[], next: (name: string) => readonly string[]): Set<string> {
  const found = new Set(names);
  // A set returns what is added to it while it is iterated.
  for (const name of found) next(name).forEach((each) => found.add(each));
  return found;
}

function validateNextStates(name: string, state: AslState, { States }: AslStates): string[] {
  const missing = nextStates(state).filter((next) => !Object.hasOwn(States, next));
  const hasNoEnd = !isEnd(state) && state.Type !== 'Choice' && state.Next === undefined;
  return [
    ...missing.map((next) => `the state ${name} continues at ${next}, which does not exist; add it, or correct the name`),
    ...(hasNoEnd ? [`the state ${name} has no end: neither \`Next\` nor \`End\`; add one of them`] : []),
  ];
}

/** A task that waits for its token, or for an activity, waits for a year by default. */
function validateTimeout(name: string, { Resource = '', TimeoutSeconds, TimeoutSecondsPath }: AslState): string[] {
  const waits = Resource.endsWith('.waitForTaskToken') || Resource.includes(':activity:');
  if (!waits || TimeoutSeconds !== undefined || TimeoutSecondsPath !== undefined) return [];
  return [`the state ${name} waits without a time-out; set \`taskTimeout\`, after which the error States.Timeout can be caught`];
}
