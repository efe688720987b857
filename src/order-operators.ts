import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { OperatorScheme } from './private/callers/caller-scheme';

/**
 * How the API knows who is an operator. Operators see the orders of all tenants and customers. With tenants, they name the tenant in the query of
 * each request: `?tenant=acme`.
 */
export class OrderOperators {
  /**
   * By API keys, which the construct creates, with a usage plan of their own. For a REST API whose routes need an API key.
   *
   * @param names the names of the keys, each 1 to 50 of A-Z a-z 0-9 _ -.
   */
  public static apiKeys(...names: string[]): OrderOperators {
    return new OrderOperators({ kind: 'apiKeys', names });
  }

  /**
   * By a value in a claim of the caller's JWT, such as `operators` in `cognito:groups`. Callers must not be able to set it themselves.
   *
   * @param name  the name of the claim.
   * @param value one value of the claim, which may have several.
   */
  public static claim(name: string, value: string): OrderOperators {
    return new OrderOperators({ kind: 'claim', name, value });
  }

  /**
   * By a value in the context that a Lambda authorizer returns.
   *
   * @param name  the name of the entry.
   * @param value its value.
   */
  public static authorizerContext(name: string, value: string): OrderOperators {
    return new OrderOperators({ kind: 'context', name, value });
  }

  /**
   * By the IAM role with which the caller signs requests.
   *
   * @param roles the roles of operators.
   */
  public static roles(...roles: IRole[]): OrderOperators {
    return new OrderOperators({ kind: 'roles', roles });
  }

  private constructor(
    /** @internal */
    public readonly _scheme: OperatorScheme,
  ) {}
}
