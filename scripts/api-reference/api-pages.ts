import { mentionedTypes, type ApiType } from './api-types';

/** A page of the reference: a class, and the structs and enums that it is the first to mention. */
export interface ApiPage {
  readonly type: ApiType;
  readonly others: readonly ApiType[];
}

/** The class of which a pipeline is made comes first, because it mentions most options. */
const FIRST = 'OrderPipeline';

export const isConstruct = ({ base }: ApiType): boolean => base?.startsWith('constructs.') || base?.startsWith('aws-cdk-lib.') || false;

/** Assigns every type to a page. */
export function apiPages(types: ReadonlyMap<string, ApiType>): ApiPage[] {
  const classes = [...types.values()].filter(({ kind }) => kind === 'class').sort((one, other) => rank(one) - rank(other) || one.name.localeCompare(other.name));
  const assigned = new Set(classes.map(({ fqn }) => fqn));
  // The own props of a class belong to its page, even if another class mentions them.
  const props = new Map(classes.map((type) => [type.fqn, ownStructs(type, types)]));
  for (const fqn of [...props.values()].flat()) assigned.add(fqn);
  return classes.map((type) => {
    const own = props.get(type.fqn)!;
    return { type, others: [...own, ...newlyMentioned([type.fqn, ...own], types, assigned)].map((fqn) => types.get(fqn)!) };
  });
}

const rank = (type: ApiType): number => (type.name === FIRST ? 0 : isConstruct(type) ? 1 : 2);

const ownStructs = ({ fqn }: ApiType, types: ReadonlyMap<string, ApiType>): string[] => ['Props', 'Options'].map((suffix) => `${fqn}${suffix}`).filter((each) => types.has(each));

/** The types that are mentioned by others, directly or not, and have no page yet. */
function newlyMentioned(from: readonly string[], types: ReadonlyMap<string, ApiType>, assigned: Set<string>): string[] {
  const found: string[] = [];
  const queue = [...from];
  for (const fqn of queue) {
    const added = mentionedTypes(types.get(fqn)!, types).filter((each) => types.has(each) && !assigned.has(each));
    for (const each of new Set(added)) {
      assigned.add(each);
      found.push(each);
      queue.push(each);
    }
  }
  return found;
}
