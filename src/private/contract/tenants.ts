/** The name of a tenant: with the longest order ID, it fits into the message group ID of SQS, which has 128 characters. */
export const TENANT_PATTERN = /^[A-Za-z0-9_-]{1,50}$/;
