import type { Upload } from './fake-s3';

/** Encodes a key as in notifications of S3: like HTML forms. */
export const formEncoded = (key: string): string =>
  encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/').replace(/[!'()~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** A record of an S3 notification, with changes to its `object`. */
export const s3Record = (upload: Partial<Upload> = {}, eventName = 'ObjectCreated:Put') => {
  const { bucket, key, ...rest } = { bucket: 'files', key: 'incoming/orders.json', size: 100, eTag: 'etag-1', ...upload };
  return {
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    awsRegion: 'eu-central-1',
    eventTime: '2026-01-31T12:00:00.000Z',
    eventName,
    userIdentity: { principalId: 'AWS:AROAEXAMPLE:shop' },
    requestParameters: { sourceIPAddress: '203.0.113.7' },
    s3: {
      s3SchemaVersion: '1.0',
      configurationId: 'files',
      bucket: { name: bucket, ownerIdentity: { principalId: 'A1' }, arn: `arn:aws:s3:::${bucket}` },
      object: { key: formEncoded(key), ...rest },
    },
  };
};

/** The body of an S3 notification about uploads. */
export const s3Notification = (...uploads: Partial<Upload>[]): string => JSON.stringify({ Records: uploads.map((upload) => s3Record(upload)) });
