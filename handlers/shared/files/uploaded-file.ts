import * as z from 'zod/mini';
import { INCOMING_PREFIX } from '../../../src/private/contract';
import { parseMessage } from '../messaging/parse-message';
import { PoisonMessage } from '../messaging/poison-message';
import { digest } from '../orders/ids';

/** One upload: an object, or one version of it. */
export interface UploadedFile {
  /** The same for every notification about this upload, and for no other. */
  readonly fileId: string;
  readonly bucket: string;
  readonly key: string;
  /** Absent in a bucket without versions. */
  readonly versionId?: string;
  readonly etag: string;
  /** Bytes, as stored. */
  readonly size: number;
  /** Who uploaded it: the principal that AWS names. */
  readonly uploadedBy?: string;
  readonly uploadedAt: string;
}

const notificationSchema = z.object({
  /** Sent once, when the bucket is set up; there are no records then. */
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
 * The uploads that an S3 notification tells of: none for S3's test event, for a folder's marker, or outside of `incoming/`.
 *
 * @throws PoisonMessage when it is no notification: it may stand for a file that nobody would look at.
 */
export function uploadedFiles(body: string): UploadedFile[] {
  const { Event, Records } = parseMessage(body, notificationSchema);
  if (!Event && !Records) throw new PoisonMessage('wrong or missing: /Records');
  return (Records ?? []).filter(({ eventName }) => /^(s3:)?ObjectCreated:/.test(eventName)).map(toUploadedFile).filter(isOrderFile);
}

function toUploadedFile({ eventTime, userIdentity, s3: { bucket, object } }: NotificationRecord): UploadedFile {
  const key = decodeKey(object.key);
  // Without versions each upload has a sequencer of its own; sequencers are compared as if padded with zeros at the end.
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

/** A folder, as the console makes one, is an empty object. */
const isOrderFile = ({ key, size }: UploadedFile): boolean => key.startsWith(INCOMING_PREFIX) && !(key.endsWith('/') && size === 0);

/** S3 writes keys as HTML forms do: a space is `+`. A `%` that begins no code stands for itself. */
const decodeKey = (key: string): string =>
  key.replaceAll('+', ' ').replace(/(%[0-9A-Fa-f]{2})+/g, (codes) => {
    try {
      return decodeURIComponent(codes);
    } catch {
      return codes;
    }
  });
