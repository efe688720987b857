/**
 * Signs a user in.
 *
 * @returns {Promise<Session>} the tokens of the user, which stay in the memory of the page: after a reload, users sign in again.
 */
export async function signIn({ cognitoUrl, clientId }, username, password) {
  const response = await fetch(cognitoUrl, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-amz-json-1.1', 'X-Amz-Target': 'AWSCognitoIdentityProviderService.InitiateAuth' },
    body: JSON.stringify({ AuthFlow: 'USER_PASSWORD_AUTH', ClientId: clientId, AuthParameters: { USERNAME: username, PASSWORD: password } }),
  });
  const body = await response.json();
  if (!response.ok) throw new Error(body.message ?? `The sign-in failed with status ${response.status}.`);
  if (!body.AuthenticationResult) throw new Error(`The sign-in needs a step that this page does not have: ${body.ChallengeName}.`);
  return new Session(username, body.AuthenticationResult);
}

/** A user who is signed in. */
class Session {
  constructor(username, { AccessToken, ExpiresIn }) {
    this.username = username;
    this.token = AccessToken;
    this.expiresAt = Date.now() + ExpiresIn * 1000;
  }

  get hasExpired() {
    return Date.now() >= this.expiresAt;
  }

  /** The API decides who is an operator. The page only needs to know which list to show. */
  get isOperator() {
    const claims = JSON.parse(atob(this.token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/')));
    return claims['cognito:groups']?.includes('operators') ?? false;
  }
}
