import { Reference, Stack, Tokenization } from 'aws-cdk-lib';
import { CfnApiKey } from 'aws-cdk-lib/aws-apigateway';
import type { IConstruct } from 'constructs';

/** The random suffix of a name that CloudFormation generates, with its hyphens. */
const RANDOM_SUFFIX = 14;
/** The longest generated name of a queue. Names of functions have at most 64 characters. */
const MAX_GENERATED_NAME = 80;
/** What precedes the name in the URL of a queue or in an ARN. */
const PREFIX = 'https://sqs.ap-southeast-1.amazonaws.com/123456789012/'.length;
/** A value of the account or region, or of a part of an id. */
const OTHER_VALUE = 16;

/** Estimates the length of a text at deployment in bytes: references have the length of a generated name or ARN. */
export function estimatedLength(scope: IConstruct, text: string): number {
  const stack = Stack.of(scope);
  return lengthOf(stack.resolve(text), { stackNameLength: stack.stackName.length, apiKeys: apiKeysOf(stack) });
}

/** Whether texts may have more than some bytes at deployment: each reference has the longest name. Faster than their estimated lengths. */
export const mayExceed = (scope: IConstruct, texts: readonly string[], bytes: number): boolean =>
  texts.reduce((sum, text) => sum + maximumLength(scope, text), 0) > bytes;

function maximumLength(scope: IConstruct, text: string): number {
  const { tokens } = Tokenization.reverseString(text);
  if (!tokens.every((token) => Reference.isReference(token))) return estimatedLength(scope, text);
  return Buffer.byteLength(text) + tokens.length * (PREFIX + MAX_GENERATED_NAME);
}

/** What the lengths of references depend on. */
interface Names {
  readonly stackNameLength: number;
  /** The logical IDs of API keys, whose IDs have ten characters. */
  readonly apiKeys: ReadonlySet<string>;
}

function apiKeysOf(stack: Stack): Set<string> {
  const keys = stack.node.findAll().filter((child) => child instanceof CfnApiKey && child.stack === stack) as CfnApiKey[];
  return new Set(keys.map((key) => stack.getLogicalId(key)));
}

function lengthOf(value: unknown, names: Names): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value !== 'object' || value === null) return String(value).length;
  const [[name, content]] = Object.entries(value);
  switch (name) {
    case 'Ref': return isShort(String(content), names) ? OTHER_VALUE : generatedName(String(content), names);
    case 'Fn::GetAtt': {
      const [logicalId, attribute] = content as [string, string];
      return generatedName(logicalId, names) + (attribute.endsWith('Arn') || attribute.endsWith('Url') ? PREFIX : 0);
    }
    case 'Fn::Join': {
      const [separator, parts] = content as [string, unknown[]];
      return parts.reduce<number>((sum, part) => sum + lengthOf(part, names), separator.length * (parts.length - 1));
    }
    default: return OTHER_VALUE;
  }
}

const isShort = (logicalId: string, { apiKeys }: Names): boolean => logicalId.startsWith('AWS::') || apiKeys.has(logicalId);

/** CloudFormation generates names of the stack, the logical id and a suffix. */
const generatedName = (logicalId: string, { stackNameLength }: Names): number =>
  Math.min(stackNameLength + logicalId.length + RANDOM_SUFFIX, MAX_GENERATED_NAME);
