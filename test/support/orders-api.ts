import { APIGatewayClient, GetApiKeyCommand } from '@aws-sdk/client-api-gateway';
import { clientConfig } from './client-config';
import type { LocalAws } from './local-aws';
import { findPipeline, localUrl } from '../../cli/try/find-pipeline';

/** A response of the API. */
export interface ApiResponse {
  readonly status: number;
  readonly headers: Headers;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests access fields of any response
  readonly body: any;
}

/** A client of the deployed API. */
export class OrdersApi {
  /** The API of the pipeline `Orders` with these outputs. */
  public static async of(local: LocalAws, outputs: Record<string, string>): Promise<OrdersApi> {
    return OrdersApi.withKey(local, outputs, pipelineWith(outputs).apiKey!.id);
  }

  /** The same with the API key that has an ID. */
  public static async withKey(local: LocalAws, outputs: Record<string, string>, keyId: string): Promise<OrdersApi> {
    const { value } = await new APIGatewayClient(clientConfig(local)).send(new GetApiKeyCommand({ apiKey: keyId, includeValue: true }));
    return OrdersApi.with(local, outputs, { 'x-api-key': value! });
  }

  /** The same with any credentials. */
  public static with(local: LocalAws, outputs: Record<string, string>, credentials: Record<string, string>): OrdersApi {
    return new OrdersApi(localUrl(pipelineWith(outputs).url, local.endpoint), credentials);
  }

  private constructor(public readonly url: string, public readonly credentials: Readonly<Record<string, string>>) {}

  /** The API key. */
  public get apiKey(): string {
    return this.credentials['x-api-key'];
  }

  /** The same API for a caller with a token. */
  public as(token: string): OrdersApi {
    return new OrdersApi(this.url, { Authorization: `Bearer ${token}` });
  }

  /** POST /orders. A string is sent as it is. */
  public post(order: unknown, headers: Record<string, string> = {}): Promise<ApiResponse> {
    const body = typeof order === 'string' || order instanceof Uint8Array ? order : JSON.stringify(order);
    return this.request('/orders', { method: 'POST', body: body as RequestInit['body'], headers: { 'Content-Type': 'application/json', ...headers } });
  }

  /** PATCH /orders/{orderId}. A string is sent as it is. */
  public patch(orderId: string, patch: unknown, headers: Record<string, string> = {}): Promise<ApiResponse> {
    const body = typeof patch === 'string' ? patch : JSON.stringify(patch);
    return this.request(`/orders/${orderId}`, { method: 'PATCH', body, headers: { 'Content-Type': 'application/merge-patch+json', ...headers } });
  }

  /** POST /orders/{orderId}/cancellation. */
  public cancel(orderId: string, cancellation: unknown, headers: Record<string, string> = {}): Promise<ApiResponse> {
    const init = { method: 'POST', body: JSON.stringify(cancellation), headers: { 'Content-Type': 'application/json', ...headers } };
    return this.request(`/orders/${orderId}/cancellation`, init);
  }

  /** GET /orders/{orderId}. */
  public get(orderId: string): Promise<ApiResponse> {
    return this.request(`/orders/${orderId}`, {});
  }

  /** Sends any request. An empty `x-api-key` header sends it without the API key. */
  public async request(path: string, { headers, ...init }: RequestInit & { headers?: Record<string, string> }): Promise<ApiResponse> {
    const response = await fetch(`${this.url}${path}`, { ...init, headers: { ...this.credentials, ...headers } });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: isJson(response) && text !== '' ? JSON.parse(text) : text };
  }
}

const isJson = (response: Response): boolean => /json/.test(response.headers.get('content-type') ?? '');

const pipelineWith = (outputs: Record<string, string>) => findPipeline('the stack', { status: 'CREATE_COMPLETE', outputs }, 'Orders');
