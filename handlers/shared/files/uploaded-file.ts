import * as z from 'zod/mini';
import { INCOMING_PREFIX } from '../../../src/private/contract';
import { PoisonMessage } from '../messaging/errors';
import { parseMessage } from '../messaging/parse-message';
import { digest } from '../orders/ids';

/** An uploaded object, or one version of it. */
export interface UploadedFile {
  /** The same in every notification about this upload, and different for every other upload. */
  readonly fileId: string;
  readonly bucket: string;
  readonly key: string;
  /** Absent for buckets without versioning. */
  readonly versionId?: string;
  readonly etag: string;
  /** Bytes, as stored. */
  readonly size: number;
  /** The IAM principal of the upload. */
  readonly uploadedBy?: string;
  readonly uploadedAt: string;
}

const notificationSchema = z.object({
  /** S3 sends a test event without records when notifications are configured. */
  Event: z.optional(z.literal('s3:TestEvent')),
  Records: z.optional(z.array(z.object({
    eventName: z.string(),
    eventTime: z.string(),
    userIdentity: z.optional(z.object({ principalId: z.optional(z.string()) })),
    s3: z.object({
      bucket: z.object({ name: z.string() }),
      object: z.object({
        key: z.string(),
        size: z.optional(z.number()),
        eTag: z.optional(z.string()),
        versionId: z.nullish(z.string()),
        sequencer: z.optional(z.string()),
      }),
    }),
  }))),
});

type NotificationRecord = NonNullable<z.infer<typeof notificationSchema>['Records']>[number];

/**
 * Returns the uploads in an S3 notification. Ignores the S3 test event, folder objects, and objects outside of `incoming/`.
 *
 * @throws PoisonMessage when the body is not an S3 notification. Ignoring it could lose a file.
 */
export function uploadedFiles(body: string): UploadedFile[] {
  const { Event, Records } = parseMessage(body, notificationSchema);
  if (!Event && !Records) throw new PoisonMessage('wrong or missing: /Records');
  return (Records ?? []).filter(({ eventName }) => /^(s3:)?ObjectCreated:/.test(eventName)).map(toUploadedFile).filter(isOrderFile);
}

function toUploadedFile({ eventTime, userIdentity, s3: { bucket, object } }: NotificationRecord): UploadedFile {
  const key = decodeKey(object.key);
  // Without versioning, each upload has its own sequencer. S3 documents that sequencers compare as if right-padded with zeros.
  const upload = object.versionId ?? object.sequencer?.replace(/0+$/, '').toUpperCase() ?? object.eTag ?? '';
  return {
    fileId: digest(['file', bucket.name, key, upload]).slice(0, 32),
    bucket: bucket.name,
    key,
    ...(object.versionId ? { versionId: object.versionId } : {}),
    etag: object.eTag ?? '',
    size: object.size ?? 0,
    ...(userIdentity?.principalId ? { uploadedBy: userIdentity.principalId } : {}),
    uploadedAt: eventTime,
  };
}

/** The S3 console creates a folder as an empty object. */
const isOrderFile = ({ key, size }: UploadedFile): boolean => key.startsWith(INCOMING_PREFIX) && !(key.endsWith('/') && size === 0);

/** S3 encodes keys like HTML forms: a space is `+`. A `%` without a valid code is literal. */
const decodeKey = (key: string): string =>
  key.replaceAll('+', ' ').replace(/(%[0-9A-Fa-f]{2})+/g, (codes) => {
    try {
      return decodeURIComponent(codes);
    } catch {
      return codes;
    }
  });
