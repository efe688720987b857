import { CSV_COLUMN_TYPE, type CsvColumnFormat, type CsvColumnType } from './private/contract';

/**
 * Options of a column of CSV files.
 */
export interface CsvColumnOptions {
  /**
   * Whether a file may lack the column. A cell may always be empty.
   *
   * @default false - a file without the column is rejected
   */
  readonly optional?: boolean;
}

/**
 * What a column of CSV files means: its type, and its field in the order as a JSON Pointer (RFC 6901). A pointer with the step `-`, such as
 * `/items/-/sku`, is a field of the row's line item, others are fields of the order, such as `/customerId` or `/shippingAddress/city`. An empty
 * cell is an absent field.
 */
export class CsvColumn {
  /**
   * The columns for the fields of an order, named like these: `orderId`, `currency`, `sku`, `quantity` and `unitPrice` (minor units, such as
   * 1890 for 18.90 EUR), and the optional `customerId`, `email`, `externalReference`, `placedAt`, `salesChannel`, `notes`, `total`, `name`,
   * `unit` and `amount`. A copy, to add columns to.
   */
  public static standard(): { [name: string]: CsvColumn } {
    const optional = { optional: true };
    return {
      orderId: CsvColumn.orderId(),
      currency: CsvColumn.text('/currency'),
      sku: CsvColumn.text('/items/-/sku'),
      quantity: CsvColumn.number('/items/-/quantity'),
      unitPrice: CsvColumn.number('/items/-/unitPrice'),
      ...Object.fromEntries(OPTIONAL_TEXTS.map((name) => [name, CsvColumn.text(`/${name}`, optional)])),
      total: CsvColumn.number('/total', optional),
      name: CsvColumn.text('/items/-/name', optional),
      unit: CsvColumn.text('/items/-/unit', optional),
      amount: CsvColumn.number('/items/-/amount', optional),
    };
  }

  /**
   * The order ID, which one column must be. Consecutive rows with the same one are one order, with a line item for each row.
   *
   * @param pointer the field of the order ID, `/orderId` by default.
   */
  public static orderId(pointer: string = '/orderId'): CsvColumn {
    return new CsvColumn(CSV_COLUMN_TYPE.ORDER_ID, pointer);
  }

  /**
   * Text, exactly as in the cell.
   *
   * @param pointer the field, such as `/items/-/sku`.
   * @param options whether the column is optional.
   */
  public static text(pointer: string, options?: CsvColumnOptions): CsvColumn {
    return new CsvColumn(CSV_COLUMN_TYPE.TEXT, pointer, options);
  }

  /**
   * A number, such as 12 or 0.5. Other text in the cell is an error of the order.
   *
   * @param pointer the field, such as `/items/-/quantity`.
   * @param options whether the column is optional.
   */
  public static number(pointer: string, options?: CsvColumnOptions): CsvColumn {
    return new CsvColumn(CSV_COLUMN_TYPE.NUMBER, pointer, options);
  }

  /**
   * An amount in units of the currency, such as 18.90, which becomes an integer of minor units, 1890. More decimals are an error of the order.
   *
   * @param pointer the field, such as `/items/-/unitPrice`.
   * @param decimals the number of decimals of the currency, 0 to 4: 2 for EUR, 0 for JPY. It is the same for all rows.
   * @param options whether the column is optional.
   */
  public static minorUnits(pointer: string, decimals: number, options?: CsvColumnOptions): CsvColumn {
    return new CsvColumn(CSV_COLUMN_TYPE.MINOR_UNITS, pointer, options, decimals);
  }

  /**
   * `true` or `false`. Other text in the cell is an error of the order.
   *
   * @param pointer the field, such as `/attributes/gift`.
   * @param options whether the column is optional.
   */
  public static bool(pointer: string, options?: CsvColumnOptions): CsvColumn {
    return new CsvColumn(CSV_COLUMN_TYPE.BOOL, pointer, options);
  }

  /**
   * A column without a field. Columns of a file that are not listed are an error of the file.
   */
  public static ignored(): CsvColumn {
    return new CsvColumn(CSV_COLUMN_TYPE.IGNORED, '', { optional: true });
  }

  private constructor(
    private readonly type: CsvColumnType,
    private readonly pointer: string,
    private readonly options: CsvColumnOptions = {},
    private readonly decimals = 0,
  ) {}

  /**
   * Returns the column for handlers.
   *
   * @internal
   */
  public _format(name: string): CsvColumnFormat {
    return [name, this.type, this.pointer, this.options.optional ?? false, this.decimals];
  }
}

const OPTIONAL_TEXTS = ['customerId', 'email', 'externalReference', 'placedAt', 'salesChannel', 'notes'];
