import { tokenIn } from '../model/route';

const KEY = 'cdk-order-pipeline-console-token';

/**
 * Takes the token from the address bar, so that it is in neither the history nor a copied link. A reload of this tab still has it. Returns whether
 * there was one.
 */
export function takeToken(): boolean {
  const token = tokenIn(location.hash);
  if (token === undefined) return false;
  sessionStorage.setItem(KEY, token);
  history.replaceState(null, '', '#/pipeline');
  return true;
}

export const storedToken = (): string => sessionStorage.getItem(KEY) ?? '';
