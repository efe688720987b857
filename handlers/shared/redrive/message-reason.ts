import { dig, jsonOf, type DeadLetterMessage } from './dead-letter-message';

/** Enough to say why. */
const MAX_CHARACTERS = 256;

/**
 * Why a message is in a dead-letter queue: what our handlers wrote on it, or EventBridge, or Lambda; else SQS moved it there, which only
 * says how often it failed.
 */
export function reasonOf(message: DeadLetterMessage, tries?: number): string {
  const [reason, code, errorMessage] = ['Reason', 'ERROR_CODE', 'ERROR_MESSAGE'].map((name) => attribute(message, name));
  const details = !reason && code && errorMessage ? `: ${errorMessage}` : '';
  return `${shortReasonOf(message, tries)}${details}`.slice(0, MAX_CHARACTERS);
}

/** The same for the history of an order, which clients may see: EventBridge's messages name resources of the account. */
export function shortReasonOf(message: DeadLetterMessage, tries?: number): string {
  const otherwise = tries === undefined ? 'failed too often' : `failed ${tries} times`;
  return (attribute(message, 'Reason') || attribute(message, 'ERROR_CODE') || lambdaCondition(message) || otherwise).slice(0, MAX_CHARACTERS);
}

const attribute = ({ attributes }: DeadLetterMessage, name: string): string | undefined => attributes[name]?.StringValue;

/** Lambda's own record of a call that failed, such as `RetriesExhausted`. */
function lambdaCondition(message: DeadLetterMessage): string | undefined {
  const condition = dig(jsonOf(message), 'requestContext', 'condition');
  return typeof condition === 'string' && /^\w{1,64}$/.test(condition) ? condition : undefined;
}
