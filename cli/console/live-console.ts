import type { CommandResult, FaultList, OrderDetails, OrderList, PipelineDescription, PipelineStatus, RedriveOutcome } from './console-api';
import type { ConsoleContext } from './console-context';
import type { ConsoleData } from './console-data';
import { sendCommand } from './data/commands';
import { DeadLetterLists } from './data/dead-letter-lists';
import { deadLettersOf, listDeadLetters } from './data/dead-letters';
import { describePipeline } from './data/describe-pipeline';
import { EventFeed } from './data/event-feed';
import { openReport, ordersOfFile, readFile, searchFiles, uploadFile } from './data/files';
import { readOrder, searchOrders } from './data/orders';
import { redriveSelection } from './data/redrive';
import { StatusReader } from './data/status';
import { Faults } from './faults/faults';
import type { OrderDocument } from '../../handlers/shared/orders/order-document';

/** How a console reads a deployed pipeline. */
export interface LiveConsoleOptions {
  readonly context: ConsoleContext;
  readonly allowsChanges: boolean;
  /** The local AWS; undefined with AWS itself. */
  readonly endpoint?: string;
  /** Whether it reads once, and follows nothing. */
  readonly once?: boolean;
}

/** Pages that are open at the same time share one status of this age. */
const STATUS_AGE_MS = 1000;

/** Reads and changes a deployed pipeline with the credentials of the operator. */
export class LiveConsole implements ConsoleData {
  private readonly context: ConsoleContext;
  private readonly feed: EventFeed;
  private readonly deadLetterLists: DeadLetterLists;
  private readonly reader: StatusReader;
  private readonly faultsOfPipeline: Faults;
  private readonly description: PipelineDescription;
  private readonly started: Promise<void>;
  private latest?: { readonly at: number; readonly status: Promise<PipelineStatus> };

  constructor({ context, allowsChanges, endpoint, once = false }: LiveConsoleOptions) {
    this.context = context;
    this.feed = new EventFeed(context);
    this.deadLetterLists = new DeadLetterLists(context.aws.deadLetterQueues);
    this.reader = new StatusReader(context, this.feed, this.deadLetterLists);
    this.description = describePipeline(context.pipeline, { allowsChanges, showsContents: context.showsContents });
    this.faultsOfPipeline = new Faults(context, endpoint, this.description.orderModel.example as OrderDocument);
    this.started = context.permissions.orElse(this.feed.start(once), undefined);
    // It is awaited where events are needed.
    this.started.catch(() => undefined);
  }

  async describe(): Promise<PipelineDescription> {
    return { ...this.description, missingPermissions: this.context.permissions.list() };
  }

  status(): Promise<PipelineStatus> {
    const now = Date.now();
    if (this.latest && now < this.latest.at + STATUS_AGE_MS) return this.latest.status;
    this.latest = { at: now, status: this.started.then(() => this.reader.read()) };
    return this.latest.status;
  }

  orders({ fileId, ...search }: Parameters<ConsoleData['orders']>[0]): Promise<OrderList> {
    return fileId === undefined ? searchOrders(search, this.context) : ordersOfFile(fileId, search.cursor, this.context);
  }

  async order(identity: Parameters<ConsoleData['order']>[0]): Promise<OrderDetails> {
    const deadLetters = await this.context.permissions.orElse(deadLettersOf(identity, this.context, this.deadLetterLists), []);
    return readOrder(identity, deadLetters, this.context);
  }

  send(command: Parameters<ConsoleData['send']>[0]): Promise<CommandResult> {
    return sendCommand(command, this.context);
  }

  files(search: Parameters<ConsoleData['files']>[0]): ReturnType<ConsoleData['files']> {
    return searchFiles(search, this.context);
  }

  file(fileId: string): ReturnType<ConsoleData['file']> {
    return readFile(fileId, this.context);
  }

  report(fileId: string): ReturnType<ConsoleData['report']> {
    return openReport(fileId, this.context);
  }

  upload(...[name, tenant, body, size]: Parameters<ConsoleData['upload']>): ReturnType<ConsoleData['upload']> {
    return uploadFile(name, tenant, body, size, this.context);
  }

  deadLetters(): ReturnType<ConsoleData['deadLetters']> {
    return listDeadLetters(this.context, this.deadLetterLists);
  }

  async redrive(selection: Parameters<ConsoleData['redrive']>[0]): Promise<RedriveOutcome> {
    await this.deadLetterLists.discard();
    return redriveSelection(selection, this.context).finally(() => this.deadLetterLists.discard());
  }

  async events(filter: Parameters<ConsoleData['events']>[0]): ReturnType<ConsoleData['events']> {
    if (filter.orderId === undefined) await this.started;
    return this.feed.list(filter);
  }

  onEvent(listener: Parameters<ConsoleData['onEvent']>[0]): () => void {
    return this.feed.subscribe(listener);
  }

  async faults(): Promise<FaultList> {
    return this.faultsOfPipeline.list();
  }

  startFault(fault: Parameters<ConsoleData['startFault']>[0]): Promise<FaultList> {
    return this.faultsOfPipeline.start(fault);
  }

  endFault(fault: Parameters<ConsoleData['endFault']>[0]): Promise<FaultList> {
    return this.faultsOfPipeline.end(fault);
  }

  async close(): Promise<void> {
    this.feed.close();
    await this.faultsOfPipeline.close();
  }
}
