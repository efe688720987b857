import type { SourceTenant } from './private/contract';

/**
 * How the records of a source name the tenant of their order, in a pipeline with tenants.
 *
 * A record without the name of a tenant goes to the dead-letter queue. So does a request in a record whose `metadata.tenant` is another tenant.
 */
export class OrderSourceTenant {
  /**
   * All orders of the source belong to one tenant.
   *
   * @param tenant the name of the tenant: 1 to 50 of A-Z a-z 0-9 _ -.
   */
  public static fixed(tenant: string): OrderSourceTenant {
    return new OrderSourceTenant({ kind: 'fixed', tenant });
  }

  /**
   * A field of the JSON of a record, such as `/metadata/tenant` for requests, or `/seller` for orders of a model of your own. Every
   * sender of records can set it.
   *
   * @param pointer the JSON Pointer (RFC 6901) of the field.
   */
  public static field(pointer: string): OrderSourceTenant {
    return new OrderSourceTenant({ kind: 'field', pointer });
  }

  /**
   * A header of a Kafka record or of a RabbitMQ message, a property of an ActiveMQ message, or a message attribute of SQS or SNS. It must occur
   * once. Kinesis records have none.
   *
   * @param name the name of the header.
   */
  public static header(name: string): OrderSourceTenant {
    return new OrderSourceTenant({ kind: 'header', name });
  }

  private constructor(
    /** @internal */
    public readonly _location: SourceTenant,
  ) {}
}
