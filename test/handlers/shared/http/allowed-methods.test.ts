import { methodCheck, Problem } from '#shared';
import { apiRequest } from '../../../support/api-request';

const check = methodCheck(['GET', 'HEAD'], '{"/orders":"GET, HEAD, POST"}');
const problemOf = (httpMethod: string, resource: string): Problem => {
  try {
    check(apiRequest({ httpMethod, resource }));
  } catch (error) {
    return error as Problem;
  }
  throw new Error('the method is allowed');
};

test.each(['GET', 'HEAD'])('%s is a method of the handler', (httpMethod) => {
  expect(() => check(apiRequest({ httpMethod, resource: '/orders' }))).not.toThrow();
});

test('another method is answered by 405 with the methods of the path, those of other handlers included', () => {
  expect(problemOf('PUT', '/orders')).toMatchObject({ status: 405, code: 'method-not-allowed', headers: { Allow: 'GET, HEAD, POST' } });
});

test('on a path that the app added, only the methods of the handler are known', () => {
  expect(problemOf('PUT', '/mine').headers).toEqual({ Allow: 'GET, HEAD' });
});
