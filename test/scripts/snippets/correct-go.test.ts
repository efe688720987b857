import { correctGo } from '../../../scripts/snippets/correct-go';

test.each([
  ['the scope', 'cdkorderpipeline.NewOrderPipeline(this, jsii.String("this"), &OrderPipelineProps{})',
    'cdkorderpipeline.NewOrderPipeline(stack, jsii.String("this"), &cdkorderpipeline.OrderPipelineProps{})'],
  ['arguments that are left out', 'cdkorderpipeline.NewOrderPipeline(stack, jsii.String("a, b"))', 'cdkorderpipeline.NewOrderPipeline(stack, jsii.String("a, b"), nil)'],
  ['pointers to interfaces', 'Api: *cdkorderpipeline.OrderApi_*Http(),', 'Api: cdkorderpipeline.OrderApi_Http(),'],
  ['properties and names of methods', 'orders.Events.onOrderRead(jsii.String("Reads"), options)', 'orders.Events().OnOrderRead(jsii.String("Reads"), options)'],
  ['properties as values', 'Value: orders.GraphqlApi.Url,', 'Value: orders.GraphqlApi().Url(),'],
  ['packages of CDK', 'Target: awscdk.NewSqsQueue(queue),', 'Target: awseventstargets.NewSqsQueue(queue, nil),'],
  ['lists', 'UserPools: []IUserPool{', 'UserPools: &[]awscognito.IUserPool{'],
  ['lists of structs', 'Endpoints: []WebhookEndpoint{\n\t&WebhookEndpoint{', 'Endpoints: &[]*cdkorderpipeline.WebhookEndpoint{\n\t&cdkorderpipeline.WebhookEndpoint{'],
  ['fields of structs', 'a(&CsvColumnOptions{\n\t"optional": jsii.Boolean(true),\n})', 'a(&cdkorderpipeline.CsvColumnOptions{\n\tOptional: jsii.Bool(true),\n})'],
  ['keys of maps', 'map[string]CsvColumn{\n\t"optional": column,\n}', '&map[string]cdkorderpipeline.CsvColumn{\n\t"optional": column,\n}'],
  ['variables named like their field', '\tVpc: *Vpc,', '\tVpc: vpc,'],
  ['repeated comments', '// Once\n// Once\norders.WriteContracts()', '// Once\norders.WriteContracts(nil)'],
])('%s are corrected', (_, wrong, right) => {
  expect(correctGo(wrong)).toBe(right);
});

test('fails when a type is in neither the library nor CDK', () => {
  expect(() => correctGo('&NoSuchProps{}')).toThrow(new Error('There is no type NoSuchProps in the library or in CDK.'));
});
