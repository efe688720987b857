import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { DeadLetterList, FaultList, FileDetails, OrderDetails, OrderEvent, OrderSummary, PipelineDescription, PipelineStatus } from '../../cli/console/console-api';
import type { ConsoleData, OrderCommandRequest } from '../../cli/console/console-data';
import { ConsoleServer } from '../../cli/console/server/console-server';
import { Problem } from '../../handlers/shared/http/problem';

const PAGE = join(__dirname, '..', '..', 'bin', 'console');
const TOKEN = 'token-of-the-fake-console';
const AT = '2026-11-27T12:00:00.000Z';

const DESCRIPTION: PipelineDescription = {
  stack: 'Shop',
  pipeline: 'Orders',
  region: 'eu-central-1',
  isLocal: true,
  allowsChanges: true,
  showsContents: true,
  hasTenants: false,
  hasHistory: true,
  hasFiles: true,
  listsBy: ['customerId', 'status', 'externalReference'],
  resources: [
    { id: 'Api', kind: 'API', label: 'API', part: 'Ingest', physicalId: 'api-1' },
    { id: 'Queue', kind: 'QUEUE', label: 'orders queue', part: 'Ingest', physicalId: 'orders-queue', deadLetterQueue: { id: 'Dead', name: 'orders', redrivable: true } },
    { id: 'Dead', kind: 'QUEUE', label: 'orders dead-letter queue', part: 'Ingest', physicalId: 'orders-dead' },
    { id: 'Bus', kind: 'BUS', label: 'event bus', part: 'Events', physicalId: 'bus-1' },
    { id: 'Process', kind: 'FUNCTION', label: 'process-order', part: 'Processor', physicalId: 'process-1' },
  ],
  edges: [{ from: 'Api', to: 'Queue' }, { from: 'Queue', to: 'Bus' }, { from: 'Bus', to: 'Process' }],
  orderModel: { schema: { type: 'object' }, example: { orderId: 'order-1' } },
  missingPermissions: [],
};

const STATUS: PipelineStatus = {
  at: AT,
  queues: {},
  functionErrors: {},
  inFlight: 0,
  deadLettered: 0,
  attention: [],
  totals: { accepted: 0, confirmed: 0, repeated: 0, rejected: 0, pending: 0, deadLettered: 0, unaccounted: 0 },
};

/** The data of a pipeline that does not exist, served to the page by the server of the console. What it answers can be set. */
export class FakeConsole implements ConsoleData {
  public static async start(contents: Partial<Pick<FakeConsole, 'description' | 'state' | 'found' | 'details' | 'fileDetails' | 'deadLettered' | 'past'>> = {}): Promise<FakeConsole> {
    const fake = Object.assign(new FakeConsole(), contents);
    await fake.listen(0);
    return fake;
  }

  public description = DESCRIPTION;
  public state = STATUS;
  public found: readonly OrderSummary[] = [];
  public details?: OrderDetails;
  public fileDetails?: FileDetails;
  public deadLettered: DeadLetterList = { queues: [] };
  public past: readonly OrderEvent[] = [];
  /** Calls that changed something. */
  public readonly calls: string[] = [];

  private server?: ConsoleServer;
  private readonly listeners = new Set<(event: OrderEvent) => void>();
  private isActive = false;

  private constructor() {}

  public get url(): string {
    return this.server!.url;
  }

  /** Listens at the port again, as a console that was started again would, with another token. */
  public async restart(token = TOKEN): Promise<void> {
    const { port } = this.server!;
    await this.stop();
    await this.listen(port, token);
  }

  public async stop(): Promise<void> {
    await this.server?.close();
    this.server = undefined;
  }

  /** Sends an event to all pages. */
  public emit(event: OrderEvent): void {
    for (const listener of this.listeners) listener(event);
  }

  public describe = async () => this.description;
  public status = async () => this.state;
  public orders = async () => ({ orders: this.found });
  public files = async () => ({ files: this.fileDetails ? [this.fileDetails.summary] : [] });
  public report = async () => Readable.from(['{}\n']);
  public deadLetters = async () => this.deadLettered;
  public events = async () => ({ events: this.past });
  public faults = async (): Promise<FaultList> => ({ faults: [{ fault: 'fail-process-order', label: 'Make process-order fail', description: 'It fails.', lasts: true, active: this.isActive }] });

  public async order(): Promise<OrderDetails> {
    if (!this.details) throw new Problem(404, 'not-found', 'there is no such order');
    return this.details;
  }

  public async file(): Promise<FileDetails> {
    if (!this.fileDetails) throw new Problem(404, 'not-found', 'there is no such file');
    return this.fileDetails;
  }

  public async send(command: OrderCommandRequest) {
    this.calls.push(command.command);
    return { status: 202, orderId: 'order-1' };
  }

  public async upload(name: string) {
    this.calls.push(`upload ${name}`);
    return { key: `incoming/${name}` };
  }

  public async redrive() {
    this.calls.push('redrive');
    return { moved: 1, failed: 0, remaining: 0, notes: [] };
  }

  public startFault = () => this.setActive(true);
  public endFault = () => this.setActive(false);

  public onEvent(listener: (event: OrderEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  public close = () => this.stop();

  private setActive(isActive: boolean): Promise<FaultList> {
    this.calls.push(isActive ? 'start fault' : 'end fault');
    this.isActive = isActive;
    return this.faults();
  }

  private async listen(port: number, token = TOKEN): Promise<void> {
    this.server = await ConsoleServer.start({ data: this, token, allowsChanges: this.description.allowsChanges, folder: PAGE, port });
  }
}
