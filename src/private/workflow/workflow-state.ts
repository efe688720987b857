import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CustomState, type QueryLanguage, type StateGraph } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';

/** What `CustomState` cannot do. */
interface WorkflowStateOptions {
  /** The permissions that the state needs. */
  readonly statements?: readonly PolicyStatement[];
  /** The output after an error that is caught. `CustomState` leaves it out. */
  readonly catchOutput?: string;
}

interface Json {
  readonly Catch?: readonly object[];
}

/** A state of a workflow with its own JSON, in JSONata, and the permissions that it needs. */
export class WorkflowState extends CustomState {
  constructor(scope: Construct, id: string, stateJson: object, private readonly options: WorkflowStateOptions = {}) {
    super(scope, id, { stateJson: { QueryLanguage: 'JSONata', ...stateJson } });
  }

  public toStateJson(queryLanguage?: QueryLanguage): object {
    const json: Json = super.toStateJson(queryLanguage);
    const { catchOutput } = this.options;
    return catchOutput === undefined || !json.Catch ? json : { ...json, Catch: json.Catch.map((each) => ({ ...each, Output: catchOutput })) };
  }

  protected whenBoundToGraph(graph: StateGraph): void {
    super.whenBoundToGraph(graph);
    for (const statement of this.options.statements ?? []) graph.registerPolicyStatement(statement);
  }
}
