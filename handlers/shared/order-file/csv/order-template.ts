/** The step of a pointer that stands for a new line item, as in JSON Pointer. */
const NEW_ITEM = '-';

/** A field of an object: a cell, an object of fields, or the line items. */
interface Field {
  readonly key: string;
  readonly cell?: number;
  readonly fields?: Field[];
}

/** The fields of a document that is made of cells as JSON, with nothing for fields without a cell. */
export class OrderTemplate {
  private readonly order: Field[] = [];
  private readonly item: Field[] = [];

  /** `pointers` has the field of each cell; undefined for a cell that is not used. */
  constructor(pointers: readonly (string | undefined)[]) {
    pointers.forEach((pointer, cell) => {
      if (pointer !== undefined) this.add(stepsOf(pointer), cell);
    });
  }

  /** Returns a line item. */
  itemOf(cells: readonly (string | undefined)[]): string {
    return format(this.item, cells, []) ?? '{}';
  }

  /** Returns the document. */
  orderOf(cells: readonly (string | undefined)[], items: readonly string[]): string {
    return format(this.order, cells, items) ?? '{}';
  }

  private add(steps: string[], cell: number): void {
    const newItem = steps.indexOf(NEW_ITEM);
    if (newItem < 0) {
      addField(this.order, steps, { cell });
    } else {
      addField(this.order, steps.slice(0, newItem), {});
      addField(this.item, steps.slice(newItem + 1), { cell });
    }
  }
}

const stepsOf = (pointer: string): string[] =>
  pointer.split('/').slice(1).map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));

function addField(fields: Field[], [step, ...rest]: string[], leaf: Pick<Field, 'cell'>): void {
  const key = JSON.stringify(step);
  const existing = fields.find((field) => field.key === key);
  if (rest.length > 0) {
    const object = existing ?? { key, fields: [] };
    if (!existing) fields.push(object);
    addField(object.fields!, rest, leaf);
  } else if (!existing) {
    fields.push({ key, ...leaf });
  }
}

function format(fields: readonly Field[], cells: readonly (string | undefined)[], items: readonly string[]): string | undefined {
  let text = '';
  for (const field of fields) {
    const value = valueOf(field, cells, items);
    if (value !== undefined) text += `${text === '' ? '{' : ','}${field.key}:${value}`;
  }
  return text === '' ? undefined : `${text}}`;
}

function valueOf(field: Field, cells: readonly (string | undefined)[], items: readonly string[]): string | undefined {
  if (field.fields) return format(field.fields, cells, items);
  if (field.cell !== undefined) return cells[field.cell];
  return items.length > 0 ? `[${items.join(',')}]` : undefined;
}
