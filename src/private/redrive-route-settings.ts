import { Lazy, Stack } from 'aws-cdk-lib';
import { Grant } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { routesSetting, type RedriveRoute } from './redrive-routes';
import { estimatedLength } from './text-length';

/** The bytes that routes may take in the environment, which is limited to 4096 and has other variables, too. */
const ENVIRONMENT_BYTES = 3000;
/** The bytes that routes may take in a parameter, which is limited to 4096. */
const PARAMETER_BYTES = 4000;

/** Stores the routes for `redrive-dead-letters`: the first ones in its environment, and the others in SSM parameters, which it reads at cold start. */
export class RedriveRouteSettings {
  /** The routes in the environment, and those in each parameter. */
  private readonly chunks: RedriveRoute[][] = [[]];
  /** What the routes of the last chunk take at most: the sum of settings with one route each. It grows without reading all routes again. */
  private maximumBytes = 0;
  private readonly parameters: StringParameter[] = [];
  private handler?: LambdaFunction;

  constructor(private readonly scope: Construct) {}

  /** The value of the environment variable. */
  public get environmentValue(): string {
    return Lazy.string({ produce: () => routesSetting(this.scope, this.chunks[0], this.parameters.map(({ parameterName }) => parameterName)) });
  }

  /** Sets the function that reads the routes. */
  public grantRead(handler: LambdaFunction): void {
    this.handler = handler;
  }

  /** Adds a route. */
  public add(route: RedriveRoute): void {
    const last = this.chunks.at(-1)!;
    const limit = this.chunks.length === 1 ? ENVIRONMENT_BYTES : PARAMETER_BYTES;
    const bytes = this.bytesOf([route]);
    if (this.maximumBytes + bytes <= limit || this.bytesOf([...last, route]) <= limit) {
      last.push(route);
      this.maximumBytes += bytes;
    } else {
      this.addParameter([route]);
      this.maximumBytes = bytes;
    }
  }

  private bytesOf(routes: readonly RedriveRoute[]): number {
    return estimatedLength(this.scope, routesSetting(this.scope, routes));
  }

  private addParameter(routes: RedriveRoute[]): void {
    this.chunks.push(routes);
    const parameter = new StringParameter(this.scope, `Routes${this.chunks.length}`, {
      description: `Dead-letter queues that redrive-dead-letters of ${Stack.of(this.scope).stackName} redrives`,
      stringValue: Lazy.string({ produce: () => routesSetting(this.scope, routes) }),
    });
    this.parameters.push(parameter);
    Grant.addToPrincipal({ grantee: this.handler!, actions: ['ssm:GetParameters'], resourceArns: [parameter.parameterArn] });
  }
}
