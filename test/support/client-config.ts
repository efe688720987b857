import type { LocalAws } from './local-aws';
import { LOCAL_CREDENTIALS, LOCAL_REGION } from '../../cli/local/local-env';

/** The configuration of SDK clients for a local AWS. The host of a queue's URL is the one that functions see. */
export const clientConfig = ({ endpoint }: Pick<LocalAws, 'endpoint'>) =>
  ({ endpoint, region: LOCAL_REGION, credentials: LOCAL_CREDENTIALS, useQueueUrlAsEndpoint: false });
