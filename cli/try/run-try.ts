import { explainResponse } from './explain-response';
import { formatCurl, indent } from './format-curl';
import { formatHistory, formatMissingOutcome, formatNext, formatStatus, isMissingRoute } from './format-outcome';
import { formatVariables } from './format-variables';
import { locateApi, readModel, type PipelineApi } from './locate-api';
import { orderToPlace, type OrderToPlace } from './order-to-place';
import { ordersClient, type ApiRequest, type ApiResponse } from './orders-client';
import { RepeatedRequests } from './repeated-requests';
import { placeOrder, readHistory, readOrder } from './requests';
import type { TryCommandLine } from './try-command-line';
import type { CommandContext } from '../command-context';
import { EXIT_STATUS } from '../exit-status';

/** The time in which API Gateway accepts a new API key, in seconds. */
const KEY_ACTIVATION = 30;
/** The time by which the history may be later than the order, in seconds. */
const HISTORY_DELAY = 15;

/** Runs `try` and returns its exit status. */
export async function runTry(commandLine: TryCommandLine, context: CommandContext): Promise<number> {
  const { stacks } = context.connect(commandLine.location);
  const api = await locateApi(commandLine, stacks);
  const order = orderToPlace(commandLine.order, await readModel(commandLine, api, stacks));
  return new Trial(commandLine, api, order, context).run();
}

/** Places one order and follows it to its outcome. */
class Trial {
  private readonly requests: RepeatedRequests;

  constructor(
    private readonly commandLine: TryCommandLine, private readonly api: PipelineApi,
    private readonly order: OrderToPlace, private readonly context: CommandContext,
  ) {
    this.requests = new RepeatedRequests(ordersClient(api.url, context.fetch), commandLine.timeout, context);
  }

  async run(): Promise<number> {
    const { api, commandLine: { location: { stack }, timeout } } = this;
    this.printStep(api.pipeline ? `Pipeline ${api.pipeline.name} of stack ${stack}` : 'Pipeline', formatVariables(api));
    const before = await this.readExisting();
    const { orderId } = (await this.place()).body;
    this.printRequest('Read it', readOrder(orderId, api.headers));
    const outcome = await this.waitForOutcome(orderId, before);
    if (!outcome) {
      this.context.printError(`${formatMissingOutcome(orderId, timeout, stack, api)}\n`);
      return EXIT_STATUS.INCOMPLETE;
    }
    this.print(formatStatus(outcome, this.requests.elapsed));
    await this.showHistory(orderId, outcome);
    this.printStep('Next', formatNext(orderId, api));
    return outcome.body.status === 'REJECTED' ? EXIT_STATUS.FAILURE : EXIT_STATUS.SUCCESS;
  }

  /**
   * Reads the order with the ID of the one to place.
   *
   * @throws Error if it exists, because placing it again would have no outcome of its own. A rejected one can be replaced.
   */
  private async readExisting(): Promise<ApiResponse | undefined> {
    const { orderId } = this.order;
    if (orderId === undefined) return undefined;
    const found = await this.whenReady(readOrder(orderId, this.api.headers));
    if (found.status !== 200) return undefined;
    const { status, createdAt } = found.body;
    if (status === 'REJECTED') return found;
    throw new Error(`order ${orderId} exists already: it was placed at ${createdAt} and is ${status}. Nothing was sent, because an order is placed once; give another one with --order <file>`);
  }

  private async place(): Promise<ApiResponse> {
    const request = placeOrder(this.order, this.api.headers);
    this.printRequest('Place an order', request);
    const response = await this.whenReady(request);
    if (response.status !== 202) throw this.refusal('placing the order', response);
    this.print(`202 Accepted\n${response.text}`);
    return response;
  }

  /**
   * Waits until the order is confirmed or rejected. Undefined if the time is over before.
   *
   * @throws Error if the caller may not read orders.
   */
  private async waitForOutcome(orderId: string, before: ApiResponse | undefined): Promise<ApiResponse | undefined> {
    const isPending = (response: ApiResponse): boolean => response.status === 404 || response.status === 200 || this.isNotReady(response);
    const response = await this.requests.until(
      readOrder(orderId, this.api.headers), `the outcome of order ${orderId}`, (each) => isOutcome(each, before) || !isPending(each),
    );
    if (isOutcome(response, before)) return response;
    if (response.status === 404 || response.status === 200) return undefined;
    throw this.refusal(`reading the accepted order ${orderId}`, response);
  }

  private async showHistory(orderId: string, outcome: ApiResponse): Promise<void> {
    const request = readHistory(orderId, this.api.headers);
    this.printRequest('Its history', request);
    const type = outcome.body.status === 'REJECTED' ? 'OrderRejected' : 'OrderConfirmed';
    const history = await this.requests.until(request, `${type} in the history`, (response) => isMissingRoute(response) || hasEvent(response, type), HISTORY_DELAY);
    this.print(formatHistory(history));
  }

  /** Sends a request again while API Gateway does not accept a new API key, or the API is not available. */
  private whenReady(request: ApiRequest): Promise<ApiResponse> {
    return this.requests.until(request, 'the API', (response) => !this.isNotReady(response), KEY_ACTIVATION);
  }

  private isNotReady({ status }: ApiResponse): boolean {
    return status === 429 || status >= 500 || (status === 403 && this.api.apiKeyId !== undefined);
  }

  private refusal(action: string, response: ApiResponse): Error {
    const given = { apiKeyId: this.api.apiKeyId, hasHeaders: this.commandLine.headers.length > 0, hasFile: this.order.path !== undefined };
    return new Error(`${action} failed: ${explainResponse(response, given)}`);
  }

  /** Prints a request before it is sent, so that it can also be repeated when it fails. */
  private printRequest(title: string, request: ApiRequest): void {
    this.printStep(title, formatCurl(request, this.order.path));
  }

  private printStep(title: string, text: string): void {
    this.context.print(`${title}\n\n`);
    this.print(text);
  }

  private print(text: string): void {
    this.context.print(`${indent(text)}\n\n`);
  }
}

/** Whether a response has an order that was confirmed or rejected. `before` is the rejected one that it replaces. */
const isOutcome = ({ status, body }: ApiResponse, before?: ApiResponse): boolean =>
  status === 200 && (body.status !== 'REJECTED' || body.updatedAt !== before?.body.updatedAt);

const hasEvent = ({ status, body }: ApiResponse, type: string): boolean =>
  status === 200 && Array.isArray(body.items) && body.items.some((event: { type?: unknown }) => event?.type === type);
