import type { WriteProfile } from './handler-profile';
import { Partitions } from './partitions';
import type { TableCapacity } from './read-capacity';
import type { World } from './world';
import { hashOf } from '../simulation/random-streams';

/** A table in on-demand mode with its global indexes. */
export class OnDemandTable {
  readonly partitions: Partitions;
  private readonly indexes: ReadonlyMap<string, Partitions>;

  constructor(readonly name: string, world: World, { writeUnits, indexes }: TableCapacity) {
    this.partitions = new Partitions(world, name, writeUnits);
    this.indexes = new Map(Object.entries(indexes).map(([index, units]) => [index, new Partitions(world, `${name}.${index}`, units)]));
  }

  /** Writes an item and its entries in the indexes, or nothing: an index without capacity throttles the writes to its table. */
  write(key: number, { units, indexes }: WriteProfile): boolean {
    const position = positionOf(key);
    if (!this.partitions.has(position, units)) return false;
    for (const { name, units: entry, positions } of indexes) {
      if (!this.indexes.get(name)!.has(positions[key % positions.length], entry)) return false;
    }
    this.partitions.take(position, units);
    for (const { name, units: entry, positions } of indexes) this.indexes.get(name)!.take(positions[key % positions.length], entry);
    return true;
  }
}

/** A write of so many units. */
export const write = (table: string, units = 1, indexes: WriteProfile['indexes'] = []): WriteProfile => ({ table, units, indexes });

/** Where a key is among the partitions, from 0 to 1. DynamoDB's own hash is not published. */
export const positionOf = (key: number | string): number => hashOf(`${key}/`, hashOf(String(key))) / 2 ** 32;
