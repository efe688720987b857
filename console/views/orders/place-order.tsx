import { useState } from 'preact/hooks';
import type { CommandResult } from '../../../cli/console/console-api';
import { request, withQuery } from '../../api/request';
import { fragmentOf } from '../../model/route';
import { Field } from '../../parts/field';
import { JsonForm } from '../../parts/json-form';
import { JsonText } from '../../parts/json-text';
import { description } from '../../state/live';
import { goTo } from '../../state/location';
import { notify } from '../../state/notices';

/** Places an order, and goes to it. */
export function PlaceOrder() {
  const { hasTenants, orderModel: { example, schema } } = description.value!;
  const [tenant, setTenant] = useState('');
  const onSent = ({ orderId }: CommandResult) => {
    notify({ tone: 'good', text: `The pipeline accepted order ${orderId ?? ''}` });
    if (orderId) goTo(fragmentOf('orders', orderId, { tenant, placed: '1' }));
  };
  return (
    <details class="panel">
      <summary>Place an order</summary>
      {hasTenants && <Field label="Tenant of the order" value={tenant} required onInput={setTenant} />}
      <JsonForm
        title="Order" hint="An order of the model in use, as JSON. The example is complete." initial={example} rows={16} action="Place order"
        question="The order is sent to the pipeline, as a customer's would be." onSent={onSent}
        send={(order) => request('POST', withQuery('orders', { tenant: tenant.trim() }), order)}
      />
      <details class="quiet"><summary>JSON Schema of an order</summary><JsonText label="JSON Schema of an order" value={schema} /></details>
    </details>
  );
}
