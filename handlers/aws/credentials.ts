import { fromEnv } from '@aws-sdk/credential-provider-env';

/**
 * The credentials of a function, which Lambda sets in its environment. `scripts/bundle.ts` replaces the SDK's default by it, which also looks in
 * files and asks other services, and is a third of the code of a client.
 */
export const defaultProvider = (): ReturnType<typeof fromEnv> => fromEnv();
