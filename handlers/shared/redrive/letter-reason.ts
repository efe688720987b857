import { dig, jsonOf, type Letter } from './letter';

/** Enough to say why. */
const MOST_CHARACTERS = 256;

/**
 * Why a message is in a dead-letter queue: what our handlers wrote on it, or EventBridge, or Lambda; else SQS moved it there, which only
 * says how often it failed.
 */
export function reasonOf(letter: Letter, tries?: number): string {
  const [reason, code, message] = ['Reason', 'ERROR_CODE', 'ERROR_MESSAGE'].map((name) => attribute(letter, name));
  const details = !reason && code && message ? `: ${message}` : '';
  return `${shortReasonOf(letter, tries)}${details}`.slice(0, MOST_CHARACTERS);
}

/** The same for the history of an order, which clients may see: EventBridge's messages name resources of the account. */
export function shortReasonOf(letter: Letter, tries?: number): string {
  const otherwise = tries === undefined ? 'failed too often' : `failed ${tries} times`;
  return (attribute(letter, 'Reason') || attribute(letter, 'ERROR_CODE') || lambdaSays(letter) || otherwise).slice(0, MOST_CHARACTERS);
}

const attribute = ({ attributes }: Letter, name: string): string | undefined => attributes[name]?.StringValue;

/** Lambda's own record of a call that failed, such as `RetriesExhausted`. */
function lambdaSays(letter: Letter): string | undefined {
  const condition = dig(jsonOf(letter), 'requestContext', 'condition');
  return typeof condition === 'string' && /^\w{1,64}$/.test(condition) ? condition : undefined;
}
