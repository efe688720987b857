import { headers, problemIn, RequestError, UNREACHABLE, withQuery } from './request';
import type { FileUpload } from '../../cli/console/console-api';

type OnProgress = (share: number) => void;

/** Uploads a file of orders. `fetch` does not tell how far it is. */
export const upload = (file: File, tenant: string | undefined, onProgress: OnProgress): Promise<FileUpload> => new Promise((resolve, reject) => {
  const sent = new XMLHttpRequest();
  sent.open('PUT', withQuery(`/api/files/${encodeURIComponent(file.name)}`, { tenant }));
  for (const [name, value] of Object.entries(headers())) sent.setRequestHeader(name, value);
  sent.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
  sent.onerror = () => reject(new RequestError(UNREACHABLE));
  sent.onload = () => {
    if (sent.status < 300) resolve(JSON.parse(sent.responseText) as FileUpload);
    else reject(new RequestError(problemIn(sent.responseText, sent.status)));
  };
  sent.send(file);
});
