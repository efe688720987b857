import { labelLines } from '../../../../console/model/picture/label-lines';

test.each([
  ['orders queue', ['orders queue']],
  ['publish-order-changes', ['publish-order-', 'changes']],
  ['large orders dead-letter queue', ['large orders DLQ']],
  ['anunbreakablelabelofaresource', ['anunbreakablelabelofaresource']],
])('the lines of "%s" are %j', (label, lines) => expect(labelLines(label)).toEqual(lines));
