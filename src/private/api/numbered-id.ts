import type { Construct } from 'constructs';

/** A free construct id: the id itself, or with the first free number, such as `LambdaAuthorizer2`. */
export function numberedId({ node }: Construct, id: string): string {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? id : `${id}${number}`;
    if (!node.tryFindChild(candidate)) return candidate;
  }
}
