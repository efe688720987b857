import type { ConsolePage } from './console-page';

/**
 * What an operator does in the page in an outage: throttles the orders table, sees the order that is placed then in the dead-letter queue, ends the
 * outage, redrives the message, and sees that the counting equation holds again.
 *
 * @param orderId what the page calls the order.
 * @param place places the order.
 */
export async function recoverFromOutage(page: ConsolePage, orderId: string, place: () => Promise<unknown>): Promise<void> {
  await page.startFault('Throttle the orders table');
  await place();
  await page.show('Pipeline');
  await page.page.getByRole('link', { name: /1 message in the dead-letter queue "processing"/ }).waitFor({ timeout: 60_000 });
  await page.page.getByRole('link', { name: /^processing queue.*DLQ 1/ }).waitFor();
  await page.text('1 order waits in dead-letter queues; no order is lost');

  await page.endFault('Throttle the orders table');
  await page.show('Dead letters');
  await page.page.getByLabel(`Select the message about ${orderId}`).check();
  await page.click('Redrive 1 selected');
  await page.confirm('Redrive 1 message');
  await page.text('1 message redriven');
  await page.text('No redriven message came back');
  await page.show('Pipeline');
  await page.text('The equation holds: every accepted order has an outcome');
}
