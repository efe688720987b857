import { GetObjectCommand, ListObjectsV2Command, ListObjectVersionsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { clientConfig } from './client-config';
import type { LocalAws } from './local-aws';
import type { ApiResponse, OrdersApi } from './orders-api';
import { eventually } from '../../cli/local/system/eventually';

/** A file, as the API returns it. */
export type FileView = ApiResponse['body'];

/** An order of a file that was rejected after it was sent. */
export interface RejectedOrder {
  readonly index: number;
  readonly orderId: string;
  readonly code: string;
  readonly errors: readonly { readonly path: string; readonly code: string }[];
}

/** The order files of a deployed pipeline: uploads to its bucket, and its API and reports. */
export class DeployedFiles {
  /** The files of the pipeline `Orders` with these outputs. */
  public static of(local: LocalAws, { OrdersFilesUri }: Record<string, string>, api: OrdersApi): DeployedFiles {
    return new DeployedFiles(local, new URL(OrdersFilesUri).hostname, api);
  }

  private readonly s3: S3Client;

  private constructor(local: LocalAws, private readonly bucket: string, private readonly api: OrdersApi) {
    this.s3 = new S3Client({ ...clientConfig(local), forcePathStyle: true });
  }

  /** Uploads a file under `incoming/`. */
  public async upload(name: string, content: string | Uint8Array): Promise<void> {
    await this.s3.send(new PutObjectCommand({ Bucket: this.bucket, Key: `incoming/${name}`, Body: content }));
  }

  /** Lists the keys of all reports. */
  public async reportKeys(): Promise<string[]> {
    const { Contents = [] } = await this.s3.send(new ListObjectsV2Command({ Bucket: this.bucket, Prefix: 'reports/' }));
    return Contents.map(({ Key }) => Key!);
  }

  /** Lists the versions of an object. */
  public async versions(key: string): Promise<string[]> {
    const { Versions = [] } = await this.s3.send(new ListObjectVersionsCommand({ Bucket: this.bucket, Prefix: key }));
    return Versions.map(({ VersionId }) => VersionId!);
  }

  /** Lists all files in one state, newest first. */
  public async list(state: string): Promise<FileView[]> {
    const files: FileView[] = [];
    for (let token = ''; ;) {
      const { body } = await this.api.request(`/files?state=${state}&limit=100${token}`, {});
      files.push(...body.items);
      if (!body.nextToken) return files;
      token = `&nextToken=${encodeURIComponent(body.nextToken)}`;
    }
  }

  /** Waits until a number of uploads with one name are in a state. Returns them, newest first. */
  public waitForState(name: string, state: string, uploads = 1, seconds = 60): Promise<FileView[]> {
    return eventually(`${uploads} × ${name} in state ${state}`, async () => {
      const files = (await this.list(state)).filter(({ key }) => key === `incoming/${name}`);
      return files.length >= uploads ? files : undefined;
    }, seconds);
  }

  /** Waits until the outcomes of all orders of a file are known. */
  public waitUntilProcessed(fileId: string, seconds = 60): Promise<FileView> {
    return eventually(`the outcomes of file ${fileId}`, async () => {
      const { body } = await this.api.request(`/files/${fileId}`, {});
      return body.processedAt ? body : undefined;
    }, seconds);
  }

  /** Lists the rejected orders of a file, so many on a page. */
  public async rejectedOrders(fileId: string, limit: number): Promise<RejectedOrder[]> {
    const orders: RejectedOrder[] = [];
    for (let token = ''; ;) {
      const { body } = await this.api.request(`/files/${fileId}/orders?outcome=REJECTED&limit=${limit}${token}`, {});
      orders.push(...body.items);
      if (!body.nextToken) return orders;
      token = `&nextToken=${body.nextToken}`;
    }
  }

  /** Reads the lines of a file's report. */
  public async report(file: FileView): Promise<{ index: number; outcome: string; orderId?: string; errors?: { code: string; path: string }[] }[]> {
    const text = await this.read(file.report.key);
    return text.split('\n').filter(Boolean).map((line) => JSON.parse(line));
  }

  /** Reads an object of the bucket as text. */
  public async read(key: string): Promise<string> {
    const { Body } = await this.s3.send(new GetObjectCommand({ Bucket: this.bucket, Key: key }));
    return Body!.transformToString();
  }
}
