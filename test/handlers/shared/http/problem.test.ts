import { Problem } from '#shared';

test('a problem has the body defined in RFC 9457', () => {
  expect(new Problem(413, 'too-large', 'it is too large').toBody('correlation-1')).toEqual({
    type: 'urn:cdk-order-pipeline:problem:too-large',
    title: 'Payload Too Large',
    status: 413,
    detail: 'it is too large',
    correlationId: 'correlation-1',
  });
});

test('a problem lists its errors', () => {
  const errors = [{ path: '/a', code: 'A', message: 'is a' }];

  expect(new Problem(400, 'wrong', 'see errors', errors).toBody('correlation-1')).toMatchObject({ errors });
});

test('a problem is an error with its detail as message', () => {
  expect(new Problem(404, 'gone', 'it is gone')).toMatchObject({ name: 'Problem', message: 'it is gone' });
});
