import type { LocalAws } from './local-aws';

/** A response of a GraphQL API. */
export interface GraphqlResponse {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests access fields of any response
  readonly data: any;
  readonly errors?: readonly { readonly message: string; readonly errorType?: string }[];
}

/** A caller of a GraphQL API of the local AWS. */
export class GraphqlApiClient {
  constructor(private readonly local: LocalAws, private readonly apiId: string, private readonly credentials: Readonly<Record<string, string>>) {}

  /** The same API for a caller with a token. */
  public as(token: string): GraphqlApiClient {
    return new GraphqlApiClient(this.local, this.apiId, { Authorization: token });
  }

  /** Sends a request. Returns the response and its status. */
  public async send(query: string, variables: object = {}): Promise<GraphqlResponse & { readonly status: number }> {
    const response = await fetch(`${this.local.endpoint}/v1/apis/${this.apiId}/graphql`, {
      method: 'POST', body: JSON.stringify({ query, variables }), headers: { 'Content-Type': 'application/json', ...this.credentials },
    });
    return { status: response.status, ...await response.json() as GraphqlResponse };
  }
}
