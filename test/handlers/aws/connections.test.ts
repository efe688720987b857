import '../../support/handler-env';
import { callbackUrl } from '../../../handlers/aws/connections';

const URL = 'https://abc123.execute-api.eu-central-1.amazonaws.com/live';

test('messages are sent to the stage of the WebSocket API', () => {
  expect(callbackUrl(URL, undefined)).toBe(URL);
});

test('a local AWS has the API and the stage in the path', () => {
  expect(callbackUrl(URL, 'http://127.0.0.1:4566')).toBe('http://127.0.0.1:4566/_aws/execute-api/abc123/live');
});
