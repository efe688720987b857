import { CfnApiMapping, DomainName, type IDomainName } from 'aws-cdk-lib/aws-apigatewayv2';
import { ARecord, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { ApiGatewayv2DomainProperties } from 'aws-cdk-lib/aws-route53-targets';
import type { Construct, IConstruct } from 'constructs';
import type { ApiDomainOptions } from '../../api-domain-options';

/** The stage that a custom domain name maps to. */
export interface MappedStage {
  readonly apiId: string;
  readonly stageName: string;
  /** The name of an HTTP API's default stage does not refer to it. */
  readonly construct: IConstruct;
}

/** The custom domain name of an API. */
export interface ApiDomain {
  /** Without a slash at the end. */
  readonly url: string;
  /** Undefined for an existing one. */
  readonly domainName?: IDomainName;
}

/**
 * Maps a custom domain name to the stage of an API. API Gateway has the same domain names and mappings for both kinds of APIs; only those of its
 * second version support base paths with slashes, and HTTP APIs.
 */
export function createApiDomain(scope: Construct, options: ApiDomainOptions, stage: MappedStage): ApiDomain {
  const { certificate, basePath } = options;
  const created = certificate && new DomainName(scope, 'DomainName', { domainName: options.domainName, certificate });
  const domainName = created?.name ?? options.domainName;
  const mapping = new CfnApiMapping(scope, 'ApiMapping', { apiId: stage.apiId, stage: stage.stageName, domainName, apiMappingKey: basePath });
  mapping.node.addDependency(stage.construct);
  if (created) addAliasRecord(scope, options, created);
  // Not the token of the resource: the name is the same, and outputs are readable.
  return { url: `https://${[options.domainName, ...(basePath === undefined ? [] : [basePath])].join('/')}`, domainName: created };
}

function addAliasRecord(scope: Construct, { domainName, hostedZone }: ApiDomainOptions, created: DomainName): void {
  if (!hostedZone) return;
  new ARecord(scope, 'AliasRecord', {
    zone: hostedZone,
    // The dot makes it a full name, also at the top of the zone.
    recordName: `${domainName}.`,
    target: RecordTarget.fromAlias(new ApiGatewayv2DomainProperties(created.regionalDomainName, created.regionalHostedZoneId)),
  });
}
