import type { Readable } from 'node:stream';
import type {
  CommandResult, DeadLetterList, EventList, Fault, FaultList, FileDetails, FileList, FileUpload, OrderDetails, OrderEvent, OrderList,
  PipelineDescription, PipelineStatus, RedriveOutcome, RedriveSelection,
} from './console-api';
import type { EventFilter } from './data/event-feed';
import type { FileSearch } from './data/files';
import type { OrderSearch } from './data/orders';
import type { OrderIdentity } from '../../handlers/shared/orders/order-identity';

/** A command to an order. */
export type OrderCommandRequest =
  | { readonly command: 'place'; readonly tenant?: string; readonly order: unknown }
  | { readonly command: 'change'; readonly tenant?: string; readonly orderId: string; readonly change: unknown }
  | { readonly command: 'cancel'; readonly tenant?: string; readonly orderId: string; readonly cancellation: unknown };

/** What the server answers, and what the commands print. */
export interface ConsoleData {
  describe(): Promise<PipelineDescription>;
  status(): Promise<PipelineStatus>;
  orders(search: OrderSearch & { readonly fileId?: string }): Promise<OrderList>;
  order(identity: OrderIdentity): Promise<OrderDetails>;
  send(command: OrderCommandRequest): Promise<CommandResult>;
  files(search: FileSearch): Promise<FileList>;
  file(fileId: string): Promise<FileDetails>;
  report(fileId: string): Promise<Readable>;
  upload(name: string, tenant: string | undefined, body: Readable, size: number): Promise<FileUpload>;
  deadLetters(): Promise<DeadLetterList>;
  redrive(selection: RedriveSelection): Promise<RedriveOutcome>;
  events(filter: EventFilter): Promise<EventList>;
  /** Calls the function with each new event. Returns what ends that. */
  onEvent(listener: (event: OrderEvent) => void): () => void;
  faults(): Promise<FaultList>;
  startFault(fault: Fault): Promise<FaultList>;
  endFault(fault: Fault): Promise<FaultList>;
  /** Undoes faults, and ends everything that runs. */
  close(): Promise<void>;
}
