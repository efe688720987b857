import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { GraphqlFeatures } from './api-types';
import type { CallerOptions } from '../callers/caller-options';

/** The props that decide which fields the schema has. */
interface FeatureProps extends CallerOptions {
  readonly orderChanges?: boolean;
  readonly orderCancellations?: boolean;
  readonly historyTable?: ITableV2;
  readonly filesTable?: ITableV2;
  readonly subscriptions?: boolean;
}

/** The features of a GraphQL API. */
export const featuresOf = (props: FeatureProps): GraphqlFeatures => ({
  changes: props.orderChanges ?? true,
  cancellations: props.orderCancellations ?? true,
  history: props.historyTable !== undefined,
  files: props.filesTable !== undefined,
  subscriptions: props.subscriptions ?? true,
  hasTenantArgument: props.tenants !== undefined && graphqlOperators(props).length > 0,
});

/** The operators whom AppSync can know: it passes on no IDs of API keys. */
export const graphqlOperators = ({ operators = [] }: CallerOptions): NonNullable<CallerOptions['operators']> =>
  operators.filter(({ _scheme: { kind } }) => kind !== 'apiKeys');
