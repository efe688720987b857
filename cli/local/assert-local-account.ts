import { LOCAL_CREDENTIALS, LOCAL_REGION } from './local-env';
import { isLocalAws } from './ministack/is-local-aws';
import { LOCAL_ACCOUNT } from '../../src/private/contract';

/** @throws Error if no local AWS answers at an endpoint, or it has another account: it could be a proxy of AWS itself. */
export async function assertLocalAccount(endpoint: string): Promise<void> {
  if (!await isLocalAws(endpoint)) throw new Error(`MiniStack does not answer at ${endpoint}; start it, or leave out --endpoint`);
  const account = await accountOf(endpoint);
  if (account !== LOCAL_ACCOUNT) throw new Error(`the account at ${endpoint} must be ${LOCAL_ACCOUNT}, that of a local AWS, got ${account ?? 'none'}; nothing was run`);
}

/** Nothing is signed: a local AWS does not check signatures, and AWS itself would refuse the request. */
async function accountOf(endpoint: string): Promise<string | undefined> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { authorization: `AWS4-HMAC-SHA256 Credential=${LOCAL_CREDENTIALS.accessKeyId}/20260101/${LOCAL_REGION}/sts/aws4_request, SignedHeaders=host, Signature=none` },
    body: new URLSearchParams({ Action: 'GetCallerIdentity', Version: '2011-06-15' }),
  });
  return /<Account>(\d+)<\/Account>/.exec(await response.text())?.[1];
}
