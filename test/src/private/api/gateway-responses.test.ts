import { ResponseType } from 'aws-cdk-lib/aws-apigateway';
import { synthPipeline } from '../../../support/synth';
import { resourcesOf } from '../../../support/template';

const responses = resourcesOf(synthPipeline().template, 'AWS::ApiGateway::GatewayResponse').map(({ properties }) => properties);
const responseTo = (type: ResponseType) => responses.find(({ ResponseType: name }) => name === type.responseType)!;
const problemIn = (response: typeof responses[number]): Record<string, unknown> => JSON.parse(response.ResponseTemplates['application/json']);

test('every answer of the gateway is a problem detail with a correlation id', () => {
  expect(responses.length).toBeGreaterThan(10);
  for (const response of responses) {
    expect(response.ResponseParameters).toEqual({
      'gatewayresponse.header.Content-Type': "'application/problem+json'",
      'gatewayresponse.header.X-Correlation-Id': 'context.requestId',
    });
    expect(problemIn(response)).toEqual({
      type: expect.stringMatching(/^urn:cdk-order-pipeline:problem:[a-z-]+$/),
      title: expect.stringMatching(/^[A-Z]/),
      status: Number(response.StatusCode),
      detail: expect.stringMatching(/^[a-z]/),
      correlationId: '$context.requestId',
    });
  }
});

test.each([
  ['a missing or wrong API key', '403', ResponseType.INVALID_API_KEY],
  ['missing credentials', '401', ResponseType.UNAUTHORIZED],
  ['a caller whom the authorizer refuses', '403', ResponseType.ACCESS_DENIED],
  ['a route that does not exist', '404', ResponseType.MISSING_AUTHENTICATION_TOKEN],
  ['a body over the limit', '413', ResponseType.REQUEST_TOO_LARGE],
  ['a wrong media type', '415', ResponseType.UNSUPPORTED_MEDIA_TYPE],
  ['too many requests', '429', ResponseType.THROTTLED],
  ['a quota that is used up', '429', ResponseType.QUOTA_EXCEEDED],
  ['a handler that does not answer in time', '504', ResponseType.INTEGRATION_TIMEOUT],
])('%s is answered with %s', (_, status, type) => {
  expect(responseTo(type)).toMatchObject({ StatusCode: status });
});

test('no answer of the gateway is left in another format', () => {
  const types = Object.values(ResponseType).filter((type): type is ResponseType => type instanceof ResponseType);
  // DEFAULT_4XX and DEFAULT_5XX only stand in for the others.
  const own = types.filter(({ responseType }) => !responseType.startsWith('DEFAULT_'));
  expect(own.filter((type) => !responseTo(type)).map(({ responseType }) => responseType)).toEqual([]);
});
