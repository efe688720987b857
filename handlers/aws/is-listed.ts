import { ListObjectsV2Command, ListObjectVersionsCommand, type S3Client } from '@aws-sdk/client-s3';

/** An object, or one version of it. */
interface ListedObject {
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string;
}

/**
 * Returns whether an object exists. Without the permission to list a bucket, S3 reports a missing object as access denied (403), and whether a
 * permission for a prefix counts is documented both ways. A list is unambiguous.
 *
 * @throws S3ServiceException when S3 denies the list, too: then a permission is missing.
 */
export const isListed = (s3: S3Client, { bucket, key, versionId }: ListedObject): Promise<boolean> =>
  (versionId === undefined ? hasObject(s3, bucket, key) : hasVersion(s3, bucket, key, versionId));

/** A key comes before all others that start with it. */
async function hasObject(s3: S3Client, Bucket: string, Prefix: string): Promise<boolean> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix, MaxKeys: 1 }));
  return Contents.some(({ Key }) => Key === Prefix);
}

/** The versions of a key come before those of other keys that start with it. */
async function hasVersion(s3: S3Client, Bucket: string, Prefix: string, versionId: string): Promise<boolean> {
  for (let marker = {}; ;) {
    const page = await s3.send(new ListObjectVersionsCommand({ Bucket, Prefix, ...marker }));
    const { Versions = [], IsTruncated, NextKeyMarker, NextVersionIdMarker } = page;
    if (Versions.some(({ Key, VersionId }) => Key === Prefix && VersionId === versionId)) return true;
    if (!IsTruncated || NextKeyMarker !== Prefix) return false;
    marker = { KeyMarker: NextKeyMarker, VersionIdMarker: NextVersionIdMarker };
  }
}
