import { JsonPath, Parallel, Pass } from 'aws-cdk-lib/aws-stepfunctions';
import { inputWithout, jsonata } from './expressions';
import { continueAt, type SagaContext, type SagaPart, type SagaStates } from './saga-part';

/**
 * Steps that run at the same time and are compensated together. A branch never fails: an error in a branch would stop the others, whose steps could then
 * take effect without anything that compensates them.
 */
export class ParallelStep implements SagaPart {
  public readonly names: readonly string[];

  constructor(private readonly id: string, private readonly steps: readonly SagaPart[]) {
    this.names = steps.flatMap(({ names }) => names);
  }

  public validate(): readonly (string | undefined)[] {
    return [
      this.steps.length < 2 ? `the parallel steps ${this.id} must be at least 2, got ${this.steps.length}` : undefined,
      this.steps.some((step) => step instanceof ParallelStep) ? `the parallel steps ${this.id} cannot contain parallel steps; list all steps in one` : undefined,
      ...this.steps.flatMap((step) => step.validate()),
    ];
  }

  public action(context: SagaContext): SagaStates {
    const { scope } = context;
    const branches = this.steps.map((step) => {
      const states = step.action(context);
      // The order is in the state already, and the output of all branches together has at most 256 KiB.
      const outputs = jsonata(`{"steps": $sift($states.input.steps, function($value, $key) { $key in ${JSON.stringify(step.names)} }), "failure": $states.input.failure}`);
      continueAt(states, Pass.jsonata(scope, `End of ${step.names.join(', ')}`, { outputs }));
      return states.start;
    });
    const merge = Pass.jsonata(scope, `Outcome of ${this.id}`, { outputs: jsonata(MERGED) });
    const parallel = Parallel.jsonPath(scope, this.id, { resultPath: '$.branches' }).branch(...branches);
    parallel.next(merge);
    return { start: parallel, ends: [(next) => merge.next(next)] };
  }

  public compensation(context: SagaContext): SagaStates | undefined {
    const branches = this.steps.map((step) => step.compensation(context)).filter((states) => states !== undefined);
    if (branches.length === 0) return undefined;
    const { scope } = context;
    branches.forEach((states, index) => continueAt(states, Pass.jsonata(scope, `End of compensation ${index + 1} of ${this.id}`, { outputs: {} })));
    const parallel = Parallel.jsonPath(scope, `Compensate ${this.id}`, { resultPath: JsonPath.DISCARD }).branch(...branches.map(({ start }) => start));
    return { start: parallel, ends: [(next) => parallel.next(next)] };
  }
}

/** The state with the outcomes of all branches, and the first failure. */
const MERGED = '($branches := $states.input.branches; $failure := $branches.failure[0]; '
  + `$merge([${inputWithout('branches')}, {"steps": $merge([$states.input.steps, $branches.steps])}, $exists($failure) ? {"failure": $failure} : {}]))`;
