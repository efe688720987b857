import { errorMessage } from '../../cli/error-message';

const error = (message: string, fields: object = {}) => Object.assign(new Error(message), fields);

test.each([
  [error('Rate exceeded'), 'Rate exceeded'],
  [error('UnknownError', { name: 'AccessDeniedException' }), 'AccessDeniedException'],
  [error('', { name: 'AggregateError', code: 'ECONNREFUSED' }), 'AWS is not reachable: ECONNREFUSED; check the network, --region and AWS_ENDPOINT_URL'],
  [error('getaddrinfo ENOTFOUND x', { code: 'ENOTFOUND' }), 'AWS is not reachable: getaddrinfo ENOTFOUND x; check the network, --region and AWS_ENDPOINT_URL'],
  [error('Region is missing'), 'no AWS region: give one with --region, or configure one, such as with AWS_REGION'],
  [error('Could not load credentials', { name: 'CredentialsProviderError' }), 'no credentials of AWS: Could not load credentials; configure them, such as with "aws configure" or "aws sso login", or give a profile with --profile'],
])('%s becomes %s', (each, message) => {
  expect(errorMessage(each)).toBe(message);
});
