import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

interface Documented {
  readonly name: string;
  readonly docs?: { readonly summary?: string; readonly default?: string };
}
interface Member extends Documented {
  readonly optional?: boolean;
  readonly static?: boolean;
}
interface Type extends Documented {
  readonly fqn: string;
  readonly kind: 'class' | 'interface' | 'enum';
  readonly datatype?: boolean;
  readonly properties?: readonly Member[];
  readonly methods?: readonly Member[];
  readonly members?: readonly Documented[];
}

/** What jsii made of the library: the API as every language sees it. */
const assembly: { types: Record<string, Type> } = JSON.parse(gunzipSync(readFileSync(join(__dirname, '..', '.jsii.gz'))).toString());
const types = Object.values(assembly.types);
const membersOf = (type: Type) => [...type.properties ?? [], ...type.methods ?? [], ...type.members ?? []];
const named = (type: Type, member: Documented) => `${type.name}.${member.name}`;

/** The paths of all objects in a JSON value that have a key. */
const pathsTo = (found: (value: object) => boolean, value: unknown, path = ''): string[] => {
  if (typeof value !== 'object' || value === null) return [];
  const below = Object.entries(value).flatMap(([key, child]) => pathsTo(found, child, `${path}/${key}`));
  return found(value) ? [path, ...below] : below;
};

test('the library exports its constructs', () => {
  expect(types.filter(({ kind }) => kind === 'class').map(({ name }) => name)).toEqual(expect.arrayContaining([
    'OrderPipeline', 'RealtimeOrderIngest', 'BatchFileIngest', 'OrderEventBus', 'OrderEventRule', 'OrderProcessor', 'OrderLifecycleFlows',
    'OrderEventHistory', 'OrderQueries',
  ]));
});

/** Classes whose objects are values of props; static methods create them. */
const VALUE_CLASSES = [
  'CsvColumn', 'OrderApi', 'OrderAuthentication', 'OrderConfirmation', 'OrderModel', 'OrderOperators', 'OrderSagaStep', 'OrderSource', 'OrderSourceTenant',
  'OrderTenants', 'OrderWorkflowCommand',
];

test('nothing but constructs, what they take and enums is exported: what is private stays private', () => {
  const constructs = types.filter(({ kind, name }) => kind === 'class' && !VALUE_CLASSES.includes(name)).map(({ name }) => name);
  const others = types.filter(({ kind }) => kind !== 'class').filter(({ kind, datatype }) => kind !== 'enum' && !datatype);
  expect(others.map(({ name }) => name)).toEqual([]);
  expect(types.map(({ name }) => name)).toEqual(expect.arrayContaining(constructs.map((name) => `${name}Props`)));
});

test('nothing in the API is of type any, which has no meaning in Java and C#', () => {
  expect(pathsTo((value) => 'primitive' in value && value.primitive === 'any', assembly.types)).toEqual([]);
});

test('nothing in the API is of a union type, which Java and C# do not have', () => {
  expect(pathsTo((value) => 'union' in value, assembly.types)).toEqual([]);
});

test('every type and member has a summary', () => {
  const withoutEvent = types.flatMap((type) => [
    ...(type.docs?.summary ? [] : [type.name]),
    ...membersOf(type).filter(({ docs }) => !docs?.summary).map((member) => named(type, member)),
  ]);
  expect(withoutEvent).toEqual([]);
});

test('every optional prop documents its default', () => {
  const withoutEvent = types.filter(({ datatype }) => datatype).flatMap((type) =>
    (type.properties ?? []).filter(({ optional, docs }) => optional && !docs?.default).map((property) => named(type, property)));
  expect(withoutEvent).toEqual([]);
});

test('no prop that has to be given claims a default', () => {
  const claiming = types.filter(({ datatype }) => datatype).flatMap((type) =>
    (type.properties ?? []).filter(({ optional, docs }) => !optional && docs?.default).map((property) => named(type, property)));
  expect(claiming).toEqual([]);
});

test('no method is called get…, which Java would take for a property', () => {
  expect(types.flatMap((type) => (type.methods ?? []).filter(({ name }) => /^get[A-Z]/.test(name)).map((method) => named(type, method)))).toEqual([]);
});
