import { correctJava } from '../../../scripts/snippets/correct-java';

test.each([
  ['properties before a method', 'orders.events.onOrderRead("orders.events.x()", options);', 'orders.getEvents().onOrderRead("orders.events.x()", options);'],
  ['repeated comments', '// Once\n// Once\norders.writeContracts();', '// Once\norders.writeContracts();'],
])('%s are corrected', (_, wrong, right) => {
  expect(correctJava(wrong)).toBe(right);
});

test.each(['orders.writeContracts();', 'import software.amazon.awscdk.App;', 'CsvOptions.builder().columns(columns).build()'])('%s stays as it is', (source) => {
  expect(correctJava(source)).toBe(source);
});
