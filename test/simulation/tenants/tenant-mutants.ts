import { mutant, type Mutant } from '../mutants';

/** Handlers that forget the tenant in one place. */
export const TENANT_MUTANTS: readonly Mutant[] = [
  mutant('keys have no tenant', 'shared/orders/order-identity.ts', '(tenant === undefined ? value : `${tenant}${SEPARATOR}${value}`)', '(tenant === value ? tenant : value)'),

  mutant('a caller can name the tenant', 'shared/http/caller.ts', '(isOperator ? namedTenant(event) : tenantOf(settings.tenant, requestContext))', '(event.queryStringParameters?.tenant ?? tenantOf(settings.tenant, requestContext))'),
  mutant('commands of the API have no tenant', 'shared/http/receive-command.ts', '...tenantField({ tenant }),', ''),
  mutant('commands of files have no tenant', 'shared/files/order-message.ts', '...tenantField({ tenant }),', ''),
  mutant('commands of the bus have no tenant', 'shared/lifecycle/placement-command.ts', '...tenantField(identity),', ''),
  mutant('sequence numbers are those of all tenants', 'shared/validation/validate-and-assign.ts', 'assignSequence(orderKey(command)', 'assignSequence(command.orderId'),
  mutant('events have no tenant', 'shared/events/create-event.ts', '...tenantField(cause),', ''),
  mutant('validated commands lose their tenant', 'shared/lifecycle/read-command-event.ts', 'orderId: orderKey(metadata), sequence', 'orderId: metadata.orderId, sequence'),
  mutant('requests of other systems lose their tenant', 'shared/lifecycle/read-command-event.ts', 'readBusRequest(definition, { id, ...detail }, orderKey(detail.metadata), body)', 'readBusRequest(definition, { id, ...detail }, detail.metadata.orderId, body)'),
  mutant('changes are published without the tenant', 'shared/lifecycle/event-of-change.ts', '{ ...identityOf(orderId), ...cause }', '{ orderId: identityOf(orderId).orderId, ...cause }'),

  mutant('orders are read without the tenant', 'aws/order-reader.ts', 'await getOrder(env.ORDERS_TABLE_NAME, key)', 'await getOrder(env.ORDERS_TABLE_NAME, `acme/${orderId}`)'),
  mutant('lists by customer have all tenants', 'shared/lifecycle/with-index-keys.ts', 'shardKey(withTenant(tenant, customerId), shard)', 'shardKey(withTenant(tenant && "all", customerId), shard)'),
  mutant('orders are listed by the customer of another tenant', 'aws/orders-index.ts', 'const value = withTenant(tenant, customerId ?? status!)', "const value = withTenant('acme', customerId ?? status!)"),
  mutant('orders are listed by the reference of another tenant', 'aws/orders-index.ts', 'withTenant(tenant, externalReference)', "withTenant('acme', externalReference)"),
  mutant('page tokens of orders are valid for all tenants', 'shared/queries/order-list-query.ts', "['orders', tenant, customerId,", "['orders', customerId,"),
  mutant('page tokens of files are valid for all tenants', 'shared/files/file-list-query.ts', "['files', tenant, state]", "['files', state]"),
  mutant('histories are read without the tenant', 'aws/history-reader.ts', 'const orderId = orderKey(identity);', "const orderId = orderKey({ ...identity, tenant: 'acme' });"),
  mutant('page tokens of histories are valid for all tenants', 'shared/queries/history-page.ts', "JSON.stringify(['events', orderId])", "JSON.stringify(['events', orderId.split('/').at(-1)])"),
  mutant('events are recorded without the tenant', 'shared/queries/history-record.ts', 'orderId: orderKey(metadata),', "orderId: orderKey({ ...metadata, tenant: metadata.tenant && 'acme' }),"),

  mutant('files of all tenants can be read', 'aws/file-reader.ts', 'file?.tenant !== tenant &&', 'file === undefined &&'),
  mutant('files of all tenants are listed', 'shared/files/state-key.ts', 'withTenant(tenant, state)', "withTenant(tenant && 'all', state)"),
  mutant('a file belongs to the tenant in its name', 'shared/files/file-record.ts', '? { tenant } : {}', "? { tenant: 'acme' } : {}"),

  mutant('a redrive of one tenant moves the messages of all', 'shared/redrive/describe-message.ts', '(request.tenant === undefined || tenant === request.tenant)', 'true'),
  mutant('the tenant of a dead letter is not known', 'shared/redrive/message-ids.ts', '...(groupIsOrder ? identityIn(message.group) : {}),', "...(groupIsOrder ? { ...identityIn(message.group), tenant: 'acme' } : {}),"),
];
