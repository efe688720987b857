import type { LocalAws } from './local-aws';

/** The tokens of a user. */
export interface UserTokens {
  readonly IdToken: string;
  readonly AccessToken: string;
}

/** Users and clients of a Cognito user pool, by the requests that a browser sends. */
export class CognitoUsers {
  constructor(private readonly local: LocalAws, private readonly userPoolId: string) {}

  /** Signs a user up, and in. */
  public async signUp(clientId: string, name: string): Promise<UserTokens> {
    const password = 'Correct-horse-1';
    await this.call('SignUp', { ClientId: clientId, Username: name, Password: password });
    await this.call('AdminConfirmSignUp', { UserPoolId: this.userPoolId, Username: name });
    return this.signIn(clientId, name, password);
  }

  /** Creates a user as an administrator does, in a group or none, and signs the user in. */
  public async create(clientId: string, name: string, password: string, group?: string): Promise<UserTokens> {
    const user = { UserPoolId: this.userPoolId, Username: name };
    await this.call('AdminCreateUser', { ...user, MessageAction: 'SUPPRESS' });
    await this.call('AdminSetUserPassword', { ...user, Password: password, Permanent: true });
    if (group !== undefined) await this.call('AdminAddUserToGroup', { ...user, GroupName: group });
    return this.signIn(clientId, name, password);
  }

  /** Signs a user of the user pool in. */
  public async signIn(clientId: string, name: string, password = 'Correct-horse-1'): Promise<UserTokens> {
    const AuthParameters = { USERNAME: name, PASSWORD: password };
    return (await this.call('InitiateAuth', { ClientId: clientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters })).AuthenticationResult as UserTokens;
  }

  /** The access token of a client that signs in by itself. */
  public async clientToken(clientId: string, scope: string): Promise<string> {
    const { UserPoolClient } = await this.call('DescribeUserPoolClient', { UserPoolId: this.userPoolId, ClientId: clientId });
    const response = await fetch(`${this.local.endpoint}/oauth2/token`, {
      method: 'POST',
      headers: { Authorization: `Basic ${Buffer.from(`${clientId}:${(UserPoolClient as { ClientSecret: string }).ClientSecret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, scope }),
    });
    return (await jsonOf(response)).access_token as string;
  }

  private async call(operation: string, body: object): Promise<Record<string, unknown>> {
    return jsonOf(await fetch(this.local.endpoint, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/x-amz-json-1.1', 'X-Amz-Target': `AWSCognitoIdentityProviderService.${operation}` },
    }));
  }
}

async function jsonOf(response: Response): Promise<Record<string, unknown>> {
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status}: ${text}`);
  return text === '' ? {} : JSON.parse(text) as Record<string, unknown>;
}
