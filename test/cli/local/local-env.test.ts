import { localEnv } from '../../../cli/local/local-env';

const ENDPOINT = 'http://127.0.0.1:4566';
const OWN = {
  AWS_PROFILE: 'production',
  AWS_SESSION_TOKEN: 'token',
  AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
  AWS_ROLE_ARN: 'arn:aws:iam::111122223333:role/deploy',
  AWS_WEB_IDENTITY_TOKEN_FILE: '/token',
  AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://169.254.170.23/v1/credentials',
  AWS_ENDPOINT_URL_SQS: 'https://sqs.eu-central-1.amazonaws.com',
  AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
  AWS_REGION: 'eu-central-1',
  CDK_PROFILE: 'production',
  CDK_ROLE_ARN: 'arn:aws:iam::111122223333:role/deploy',
  CDK_DEFAULT_ACCOUNT: '111122223333',
  NO_PROXY: 'example.com',
  SHOP: 'kept',
};

describe('the environment for a local AWS', () => {
  const before = process.env;
  let env: NodeJS.ProcessEnv;
  beforeAll(() => {
    process.env = { ...before, ...OWN };
    env = localEnv(ENDPOINT);
  });
  afterAll(() => { process.env = before; });

  test('has nothing of the AWS configuration of this process', () => {
    const values = Object.values(env).join(' ');
    for (const part of ['production', 'token', 'AKIA', '111122223333', 'amazonaws', '169.254', 'eu-central-1']) expect(values).not.toContain(part);
    expect(Object.keys(env).filter((name) => name.startsWith('AWS_')).sort()).toEqual([
      'AWS_ACCESS_KEY_ID', 'AWS_CONFIG_FILE', 'AWS_DEFAULT_REGION', 'AWS_EC2_METADATA_DISABLED', 'AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_S3', 'AWS_REGION',
      'AWS_SECRET_ACCESS_KEY', 'AWS_SHARED_CREDENTIALS_FILE',
    ]);
  });

  test('has the endpoint, an account that does not exist, and the region', () => {
    expect(env).toMatchObject({
      AWS_ENDPOINT_URL: ENDPOINT,
      AWS_ENDPOINT_URL_S3: ENDPOINT,
      AWS_REGION: 'us-east-1',
      CDK_DEFAULT_ACCOUNT: '000000000000',
      CDK_DEFAULT_REGION: 'us-east-1',
      ORDER_PIPELINE_LOCAL_AWS: 'true',
    });
  });

  test('keeps other variables, and reaches the local AWS without a proxy', () => {
    expect(env.SHOP).toBe('kept');
    expect(env.NO_PROXY).toBe('example.com,127.0.0.1,localhost,::1');
  });
});

test.each(['https://127.0.0.1:4566', 'http://10.0.0.1:4566', 'http://127.0.0.1.example.com', 'http://example.com'])('fails when the endpoint is %s', (endpoint) => {
  expect(() => localEnv(endpoint)).toThrow(`the endpoint must be an http URL of a loopback address, such as http://127.0.0.1:4566, got ${endpoint}`);
});
