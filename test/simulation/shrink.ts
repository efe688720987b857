/** The shortest part of a list that still fails, found by removing pieces (delta debugging): halves first, then smaller and smaller ones. */
export async function shrink<T>(list: readonly T[], fails: (part: readonly T[]) => Promise<boolean>): Promise<readonly T[]> {
  let rest = list;
  for (let size = Math.ceil(rest.length / 2); size >= 1;) {
    const shorter = await firstThatFails(rest, size, fails);
    if (shorter) rest = shorter;
    else if (size === 1) break;
    size = shorter ? Math.min(size, Math.max(1, rest.length)) : Math.floor(size / 2);
    if (rest.length === 0) break;
  }
  return rest;
}

async function firstThatFails<T>(
  list: readonly T[], size: number, fails: (part: readonly T[]) => Promise<boolean>,
): Promise<readonly T[] | undefined> {
  for (let from = 0; from < list.length; from += size) {
    const part = [...list.slice(0, from), ...list.slice(from + size)];
    if (await fails(part)) return part;
  }
  return undefined;
}
