import * as fc from 'fast-check';
import { PoisonMessage, uploadedFiles } from '#shared';
import { s3Notification, s3Record } from '../../../support/file-notification';

/** Returns the upload in a notification with this object. */
const uploaded = (object: Record<string, unknown> = {}) => uploadedFiles(s3Notification(object))[0];
const fileIdOf = (object: Record<string, unknown>) => uploaded(object).fileId;

/** The upload of a key that is written in the notification just like this. */
function withRawKey(key: string) {
  const record = s3Record();
  return uploadedFiles(JSON.stringify({ Records: [{ ...record, s3: { ...record.s3, object: { ...record.s3.object, key } } }] }))[0];
}

const poison = (body: unknown) => () => uploadedFiles(typeof body === 'string' ? body : JSON.stringify(body));

describe('an upload', () => {
  test('has its bucket, key, version, ETag, size, time and uploader', () => {
    expect(uploaded({ key: 'incoming/a.json', versionId: 'v1', eTag: 'e1', size: 7, sequencer: '0055' })).toEqual({
      fileId: expect.stringMatching(/^[0-9a-f]{32}$/),
      bucket: 'files',
      key: 'incoming/a.json',
      versionId: 'v1',
      etag: 'e1',
      size: 7,
      uploadedBy: 'AWS:AROAEXAMPLE:shop',
      uploadedAt: '2026-01-31T12:00:00.000Z',
    });
  });

  test('to a bucket without versioning has no version, and may lack all optional fields', () => {
    const { userIdentity, ...record } = s3Record();
    const { key } = record.s3.object;

    expect(uploadedFiles(JSON.stringify({ Records: [{ ...record, s3: { bucket: { name: 'files' }, object: { key } } }] }))).toEqual([{
      fileId: expect.any(String), bucket: 'files', key, etag: '', size: 0, uploadedAt: '2026-01-31T12:00:00.000Z',
    }]);
  });

  test('to a bucket without versioning may have the version null, as AWS documents', () => {
    expect(uploaded({ versionId: null, sequencer: '0055' })).toMatchObject({ key: 'incoming/orders.json' });
    expect(fileIdOf({ versionId: null, sequencer: '0055' })).toBe(fileIdOf({ sequencer: '0055' }));
  });

  test.each(['ObjectCreated:Put', 'ObjectCreated:Post', 'ObjectCreated:Copy', 'ObjectCreated:CompleteMultipartUpload', 's3:ObjectCreated:Put'])(
    'is recognized for the event %s', (eventName) => {
      expect(uploadedFiles(JSON.stringify({ Records: [s3Record({}, eventName)] }))).toHaveLength(1);
    });

  test('can be one of several in a notification, in order', () => {
    expect(uploadedFiles(s3Notification({ key: 'incoming/b' }, { key: 'incoming/a' })).map(({ key }) => key)).toEqual(['incoming/b', 'incoming/a']);
  });

  test('can have unknown fields', () => {
    expect(uploadedFiles(JSON.stringify({ Records: [{ ...s3Record(), eventVersion: '2.9', novelty: {} }], novelty: 1 }))).toHaveLength(1);
  });
});

describe('the id of a file', () => {
  test('is the same for every notification of one version', () => {
    const ids = [{ sequencer: '0055' }, { sequencer: '0066' }, { eTag: 'e2' }, { size: 8 }].map((object) => fileIdOf({ versionId: 'v1', ...object }));

    expect(new Set(ids).size).toBe(1);
  });

  test('is the same when notifications are repeated and out of order', () => {
    const [one, other] = [{ key: 'incoming/a', versionId: 'v1' }, { key: 'incoming/a', versionId: 'v2' }];
    const ids = uploadedFiles(s3Notification(other, one, other)).map(({ fileId }) => fileId);

    expect(ids).toEqual([fileIdOf(other), fileIdOf(one), fileIdOf(other)]);
  });

  test('is different for another version, key, bucket or sequencer', () => {
    const ids = [
      { versionId: 'v1' }, { versionId: 'v2' }, { versionId: 'v1', key: 'incoming/b' }, { versionId: 'v1', bucket: 'other' },
      { sequencer: '0055' }, { sequencer: '0056' },
    ].map(fileIdOf);

    expect(new Set(ids).size).toBe(ids.length);
  });

  test('depends on the sequencer, in upper or lower case', () => {
    expect(fileIdOf({ sequencer: '0055aed6dcd9' })).toBe(fileIdOf({ sequencer: '0055AED6DCD9' }));
  });

  test('ignores trailing zeros of the sequencer, as AWS documents its comparison', () => {
    expect(fileIdOf({ sequencer: '0055AED6DCD9' })).toBe(fileIdOf({ sequencer: '0055AED6DCD900' }));
  });

  test('is different when the sequencer has other leading zeros', () => {
    expect(fileIdOf({ sequencer: '0550' })).not.toBe(fileIdOf({ sequencer: '5500' }));
  });

  test('depends on the ETag when there is neither version nor sequencer', () => {
    expect(fileIdOf({ eTag: 'e1' })).toBe(fileIdOf({ eTag: 'e1' }));
    expect(fileIdOf({ eTag: 'e1' })).not.toBe(fileIdOf({ eTag: 'e2' }));
  });

  test('is the same in every release, so that a notification repeated after a deployment is recognized', () => {
    expect(fileIdOf({ key: 'incoming/a.json', versionId: 'v1' })).toBe('47d9a2bef9277e99576f0e2cd08b052a');
  });

  test('keeps its parts separate', () => {
    expect(fileIdOf({ key: 'incoming/ab', versionId: 'c' })).not.toBe(fileIdOf({ key: 'incoming/a', versionId: 'bc' }));
  });
});

describe('a key', () => {
  test.each([
    ['incoming/two+words.json', 'incoming/two words.json'],
    ['incoming/a%281%29.json', 'incoming/a(1).json'],
    ['incoming/a%2Bb.json', 'incoming/a+b.json'],
    ['incoming/%D1%84%E2%82%AC%F0%9F%98%80', 'incoming/ф€😀'],
    ['incoming/100%25', 'incoming/100%'],
    ['incoming/100%', 'incoming/100%'],
    ['incoming/%ZZ%4', 'incoming/%ZZ%4'],
    ['incoming/%FF%41', 'incoming/%FF%41'],
    ['incoming/%C3', 'incoming/%C3'],
    ['incoming/a%0Ab%00', 'incoming/a\nb\0'],
    ['incoming/..%2F..%2Fetc', 'incoming/../../etc'],
    ['incoming%2Fa', 'incoming/a'],
  ])('encoded as %s is %j', (written, key) => {
    expect(withRawKey(written).key).toBe(key);
  });

  test('is decoded for any uploaded key', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', minLength: 1 }).filter((name) => !name.endsWith('/')), (name) => {
      expect(uploaded({ key: `incoming/${name}` }).key).toBe(`incoming/${name}`);
    }));
  });

  test('with invalid encoding never fails', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('%', '+', '4', 'F', 'C', '3', 'z', '8'), minLength: 1 }), (name) => {
      expect(withRawKey(`incoming/${name}`).key.startsWith('incoming/')).toBe(true);
    }));
  });
});

describe('a notification without a file', () => {
  test('is S3\'s test event', () => {
    expect(uploadedFiles(JSON.stringify({ Service: 'Amazon S3', Event: 's3:TestEvent', Time: '2026-01-31T12:00:00.000Z', Bucket: 'files' }))).toEqual([]);
  });

  test.each(['reports/a.json', 'a.json', 'Incoming/a', 'incoming', 'x/incoming/a'])('is one about %s', (key) => {
    expect(uploadedFiles(s3Notification({ key }))).toEqual([]);
  });

  test.each(['incoming/', 'incoming/2026/'])('is one about the folder %s, but not when the object has content', (key) => {
    expect(uploadedFiles(s3Notification({ key, size: 0 }))).toEqual([]);
    expect(uploadedFiles(s3Notification({ key, size: 1 }))).toMatchObject([{ key }]);
  });

  test.each(['ObjectRemoved:Delete', 'ObjectRemoved:DeleteMarkerCreated', 'ObjectRestore:Completed', 'LifecycleExpiration:Delete', 'xObjectCreated:Put'])(
    'is %s', (eventName) => {
      expect(uploadedFiles(JSON.stringify({ Records: [s3Record({}, eventName)] }))).toEqual([]);
    });

  test('is one with no records in its list', () => {
    expect(uploadedFiles('{"Records":[]}')).toEqual([]);
  });
});

describe('a message that is not a notification', () => {
  test.each<[string, unknown, string]>([
    ['is not JSON', 'canary', 'the body is not JSON'],
    ['is empty', '', 'the body is not JSON'],
    ['is null', 'null', 'wrong or missing: invalid_type'],
    ['is a list', [], 'wrong or missing: invalid_type'],
    ['has neither event nor records', { canary: 1 }, 'wrong or missing: /Records'],
    ['is another event', { Event: 'canary' }, 'wrong or missing: /Event'],
    ['has records that are none', { Records: 'canary' }, 'wrong or missing: /Records'],
    ['has a record without its object', { Records: [{ ...s3Record(), s3: { bucket: { name: 'files' } } }] }, 'wrong or missing: /Records/0/s3/object'],
    ['has a key that is none', { Records: [{ ...s3Record(), s3: { bucket: { name: 'files' }, object: { key: 7 } } }] }, '/Records/0/s3/object/key'],
  ])('fails as poison, without quoting it, when it %s', (_, body, reason) => {
    expect(poison(body)).toThrow(PoisonMessage);
    expect(poison(body)).toThrow(reason);
    expect(poison(body)).not.toThrow(/canary/);
  });

  test('fails as a poison message, and with no other error, for any value', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json(), fc.jsonValue().map((value) => JSON.stringify({ Records: value }))), (body) => {
      try {
        uploadedFiles(body);
      } catch (error) {
        expect(error).toBeInstanceOf(PoisonMessage);
      }
    }));
  });
});
