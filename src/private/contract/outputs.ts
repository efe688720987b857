/** The ends of the keys of a pipeline's stack outputs. They begin with the name of the pipeline: `OrdersApiUrl`. */
export const OUTPUT = {
  /** Without a slash at the end. */
  API_URL: 'ApiUrl',
  API_KEY_COMMAND: 'ApiKeyCommand',
  FILES_URI: 'FilesUri',
  LIVE_UPDATES_URL: 'LiveUpdatesUrl',
  DASHBOARD_URL: 'DashboardUrl',
  TRY_COMMAND: 'TryCommand',
} as const;

/** The beginning of the output with the command that tries the pipeline. Every pipeline with outputs has it. */
export const TRY_COMMAND = 'npx cdk-order-pipeline try';

/** The command that prints the value of an API key. */
export const apiKeyCommand = (keyId: string, region: string): string =>
  `aws apigateway get-api-key --api-key ${keyId} --include-value --query value --output text --region ${region}`;

/** What the metadata of a template contains of an order model that is not the standard model. */
export interface ModelMetadata {
  /** The JSON Pointer to the ID of an order. */
  readonly orderId: string;
  /** The JSON Pointer to the ID of the customer. Absent if orders of the model have none. */
  readonly customerId?: string;
  /** The first of the `examples` of the schema, without its ID if the API can assign one. Absent if the schema has none. */
  readonly example?: object;
  /** The JSON Schema, for forms. Absent if it is too large for a template. */
  readonly schema?: object;
}

/** The key in the metadata of a template that has the `ModelMetadata` of a pipeline. */
export const modelMetadataKey = (pipelineName: string): string => `cdk-order-pipeline:${pipelineName}`;
