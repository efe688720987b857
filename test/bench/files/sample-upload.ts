import type { UploadedFile } from '../../../handlers/shared/files';

/** The upload event of the benchmark's file. */
export const SAMPLE_UPLOAD: UploadedFile = {
  fileId: '0123456789abcdef0123456789abcdef', bucket: 'bench', key: 'incoming/bench.json', etag: 'etag', size: 0, uploadedAt: '2026-01-31T12:00:00.000Z',
};
