/** The table of events and its column. */
export const EVENT_TABLE_NAME = 'order_events';
export const EVENT_COLUMN = 'event';

/** A query of Athena. */
export interface NamedQuery {
  readonly name: string;
  readonly description: string;
  readonly sql: string;
}

/** Days of arrival that the queries read. */
const DAYS = 30;

const textAt = (path: string): string => `json_extract_scalar(event, '${path}')`;
const timeAt = (path: string): string => `from_iso8601_timestamp(${textAt(path)})`;

/**
 * The events of the last days, each once: an event can arrive repeatedly, and its copies have the same ID and partition
 * key. `day` is the day of arrival,
 * which can be later than that of the event.
 */
const EVENTS = `WITH copies AS (
  SELECT
    event,
    ${textAt('$["detail-type"]')} AS type,
    ${textAt('$.eventId')} AS event_id,
    ${timeAt('$.occurredAt')} AS occurred_at,
    ${timeAt('$.acceptedAt')} AS accepted_at,
    ${textAt('$.detail.metadata.tenant')} AS tenant,
    ${textAt('$.detail.metadata.orderId')} AS order_id,
    ${textAt('$.detail.metadata.channel')} AS channel,
    row_number() OVER (
      PARTITION BY ${textAt('$.eventId')}, ${textAt('$.partitionKey')}
      ORDER BY day
    ) AS copy
  FROM ${EVENT_TABLE_NAME}
  WHERE day >= date_format(current_date - INTERVAL '${DAYS}' DAY, '%Y-%m-%d')
), events AS (
  SELECT event, type, event_id, occurred_at, accepted_at, tenant, order_id, channel FROM copies WHERE copy = 1
)`;

/** The named queries by their construct IDs. */
export const NAMED_QUERIES: Readonly<Record<string, NamedQuery>> = {
  OrdersPerDay: {
    name: 'Orders per day and channel',
    description: `Confirmed and rejected orders of the last ${DAYS} days by tenant, day in UTC and channel`,
    sql: `${EVENTS}
SELECT
  tenant,
  date(occurred_at) AS order_day,
  channel,
  count(DISTINCT order_id) FILTER (WHERE type = 'OrderConfirmed') AS confirmed,
  count(DISTINCT order_id) FILTER (WHERE type = 'OrderRejected') AS rejected
FROM events
WHERE type IN ('OrderConfirmed', 'OrderRejected')
GROUP BY 1, 2, 3
ORDER BY 1, 2, 3`,
  },
  RejectionReasons: {
    name: 'Rejection reasons',
    description: `Why orders were rejected in the last ${DAYS} days: the code of the rejection, and of every violated rule with its field`,
    sql: `${EVENTS}, rejections AS (
  SELECT tenant, order_id, ${textAt('$.detail.data.code')} AS code, CAST(json_extract(event, '$.detail.data.errors') AS ARRAY(JSON)) AS errors
  FROM events
  WHERE type = 'OrderRejected'
)
SELECT
  tenant,
  code,
  json_extract_scalar(error, '$.code') AS error_code,
  regexp_replace(json_extract_scalar(error, '$.path'), '/[0-9]+', '/*') AS field,
  count(DISTINCT order_id) AS orders
FROM rejections
LEFT JOIN UNNEST(errors) AS t(error) ON TRUE
GROUP BY 1, 2, 3, 4
ORDER BY orders DESC, 1, 2, 3, 4`,
  },
  TimeToConfirmation: {
    name: 'Time from accepted to confirmed',
    description: `Seconds from the acceptance of an order to its confirmation in the last ${DAYS} days, by tenant, day in UTC and channel`,
    sql: `${EVENTS}
SELECT
  tenant,
  date(occurred_at) AS order_day,
  channel,
  count(*) AS orders,
  round(approx_percentile(date_diff('millisecond', accepted_at, occurred_at), 0.5) / 1000.0, 3) AS median_seconds,
  round(approx_percentile(date_diff('millisecond', accepted_at, occurred_at), 0.99) / 1000.0, 3) AS p99_seconds,
  round(max(date_diff('millisecond', accepted_at, occurred_at)) / 1000.0, 3) AS longest_seconds
FROM events
WHERE type = 'OrderConfirmed' AND accepted_at IS NOT NULL
GROUP BY 1, 2, 3
ORDER BY 1, 2, 3`,
  },
};
