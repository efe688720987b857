import * as fc from 'fast-check';
import { OrderSagaStep } from '../../src';
import { appFunction, definitionOf, step, synthSaga } from '../support/sample-workflow';
import { fail, runWorkflow, TRIGGER } from '../support/workflow-run';

/** How an invocation of a function ends. `LOST`: it takes effect, and its response is lost. */
const ENDS = ['DONE', 'DECLINED', 'ERROR', 'LOST'] as const;
type End = (typeof ENDS)[number];

const STEPS = ['Reserve', 'Pay', 'CheckFraud', 'Pick[0]', 'Pick[1]', 'Pick[2]', 'Capture', 'Ship'];

const definition = definitionOf(synthSaga((stack) => [
  OrderSagaStep.parallel('Prepare', step(stack, 'Reserve'), step(stack, 'Pay')),
  step(stack, 'CheckFraud', { condition: '{% $states.input.facts.total >= 50000 %}' }),
  OrderSagaStep.forEachItem('Pick', { function: appFunction(stack, 'Pick'), compensation: appFunction(stack, 'undo-Pick') }),
  OrderSagaStep.parallel('Finish', step(stack, 'Capture'), step(stack, 'Ship')),
]));

/** The ends of the attempts of a step, the last of which repeats, and how often its compensation fails first. */
const plan = fc.record({ ends: fc.array(fc.constantFrom(...ENDS), { minLength: 1, maxLength: 4 }), compensationFailures: fc.nat(3) });
type Plan = { readonly ends: readonly End[]; readonly compensationFailures: number };
const plans = fc.record(Object.fromEntries(STEPS.map((name) => [name, fc.oneof({ weight: 3, arbitrary: fc.constant<Plan>({ ends: ['DONE'], compensationFailures: 0 }) }, { weight: 1, arbitrary: plan as fc.Arbitrary<Plan> })])));

/** Services that take effect and compensate once, as the docs require of functions. */
class Services {
  public readonly effects = new Map<string, number>();
  public readonly compensations = new Map<string, number>();

  constructor(private readonly planOf: Readonly<Record<string, Plan>>) {}

  public invoke(name: string, attempt: number): unknown {
    const isCompensation = name.startsWith('undo-');
    const stepName = name.replace(/^undo-/, '');
    const { ends, compensationFailures } = this.planOf[stepName];
    if (isCompensation) return attempt <= compensationFailures ? fail() : this.compensate(stepName);
    const end = ends[Math.min(attempt, ends.length) - 1];
    // A service that took effect at an earlier attempt repeats its answer.
    if (end === 'DECLINED' && !this.effects.has(stepName)) return { outcome: 'FAILED', code: 'DECLINED' };
    if (end === 'ERROR') return fail();
    this.effects.set(stepName, 1);
    return end === 'LOST' ? fail('States.Timeout') : { done: stepName };
  }

  private compensate(name: string): object {
    if (this.effects.has(name)) this.compensations.set(name, 1);
    return {};
  }
}

/** Runs a definition, and returns what contradicts the promise of a saga: all steps take effect, or each that did is compensated. */
async function findContradictions(ofDefinition: object, planOf: Readonly<Record<string, Plan>>, total: number): Promise<string[]> {
  const services = new Services(planOf);
  const run = await runWorkflow(ofDefinition, (name, _, attempt) => services.invoke(name, attempt), { ...TRIGGER, facts: { total } });
  const ended = run.events.at(-1)?.type;
  const expected = STEPS.filter((name) => name !== 'CheckFraud' || total >= 50_000);
  const missing = expected.filter((name) => !services.effects.has(name));
  const uncompensated = [...services.effects.keys()].filter((name) => !services.compensations.has(name));
  const ids = run.events.map(({ detail }) => detail.metadata.eventId as string);
  return [
    ...(run.error === undefined ? [] : [`the execution failed: ${run.error} ${run.cause}`]),
    ...(ended === 'OrderWorkflowSucceeded' ? missing.map((name) => `${name} had no effect`) : []),
    ...(ended === 'OrderWorkflowSucceeded' ? [...services.compensations.keys()].map((name) => `${name} is compensated`) : []),
    ...(ended === 'OrderWorkflowFailed' ? uncompensated.map((name) => `${name} is not compensated`) : []),
    ...(ended === 'OrderWorkflowSucceeded' || ended === 'OrderWorkflowFailed' ? [] : [`the workflow ended with ${ended}`]),
    ...(new Set(ids).size === ids.length ? [] : ['two events have one ID']),
  ];
}

const scenario = fc.tuple(plans, fc.constantFrom(100, 50_000));
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);

test(`whatever fails, all steps take effect or all that did are compensated; SEED=${seed}`, async () => {
  await fc.assert(fc.asyncProperty(scenario, async ([planOf, total]) => {
    expect(await findContradictions(definition, planOf, total)).toEqual([]);
  }), { numRuns: 150, seed });
}, 300_000);

/** Changes that break a saga, in the text of its definition. */
const MUTANTS: Record<string, (text: string) => string> = {
  'no compensation': (text) => text.replace(/"Condition":"\{% [^"]*steps\.`Pay`\.status in [^}]*%\}"/, '"Condition":"{% false %}"'),
  'only steps that succeeded are compensated': (text) => text.replaceAll('in [\\"SUCCEEDED\\", \\"UNKNOWN\\"]', 'in [\\"SUCCEEDED\\"]'),
  'a failure in a branch is ignored': (text) => text.replace('$exists($failure) ? {\\"failure\\": $failure} : {}', '{}'),
  'a failure of an item is ignored': (text) => text.replace('$items[status != \\"SUCCEEDED\\"][0]', '$items[status = \\"NEVER\\"][0]'),
  'errors are not caught': (text) => text.replaceAll('"ErrorEquals":["States.ALL"],"Next"', '"ErrorEquals":["Never"],"Next"'),
};

test.each(Object.entries(MUTANTS))('a saga with this fault is detected: %s', async (_, change) => {
  const text = JSON.stringify(definition);
  const changed = change(text);
  expect(changed).not.toBe(text);
  const mutant = JSON.parse(changed) as object;
  const result = await fc.check(fc.asyncProperty(scenario, async ([planOf, total]) => {
    expect(await findContradictions(mutant, planOf, total)).toEqual([]);
  }), { numRuns: 300, seed, endOnFailure: true });
  expect(result.failed).toBe(true);
}, 300_000);
