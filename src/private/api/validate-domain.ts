import { Arn, ArnFormat, Token } from 'aws-cdk-lib';
import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { IHostedZone } from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';
import type { ApiOptions } from './api-options';
import type { ApiDomainOptions } from '../../api-domain-options';
import { cannotBeSet, type ValidationError } from '../validate';
import { isInRegionOf, sameEnvironment } from '../validate-environment';

/** The maximum of API Gateway for the key of an API mapping. */
const MAX_BASE_PATH_LENGTH = 300;

/** Validates the custom domain name of an API, and that an API without its default endpoint has one. */
export function validateDomain(scope: Construct, { api, domain, defaultEndpoint }: ApiOptions): ValidationError[] {
  if (!domain) {
    return [defaultEndpoint === false && !api?._vpcEndpoints && !api?._existing ? '`defaultEndpoint` cannot be false without `domain`, because the API would have no address' : undefined];
  }
  return [
    validateDomainName(domain.domainName),
    validateBasePath(domain.basePath),
    ...validateCertificate(scope, domain.certificate),
    ...(domain.certificate ? [validateHostedZone(domain)] : cannotBeSet(domain, ['hostedZone'], 'without `domain.certificate`: the record of an existing domain name is up to its owner', 'domain.')),
  ];
}

/** API Gateway also accepts names with a wildcard, which are not addresses. */
function validateDomainName(domainName: string): ValidationError {
  if (Token.isUnresolved(domainName)) return undefined;
  return domainName.length <= 253 && /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/.test(domainName)
    ? undefined
    : `\`domain.domainName\` must be a domain name in lower case, without a scheme and a path, such as orders.example.com, got ${domainName}`;
}

function validateBasePath(basePath: string | undefined): ValidationError {
  if (basePath === undefined || Token.isUnresolved(basePath)) return undefined;
  if (/^[\w$.+!*'()-]+(\/[\w$.+!*'()-]+)*$/.test(basePath) && basePath.length <= MAX_BASE_PATH_LENGTH) return undefined;
  return `\`domain.basePath\` must have 1 to ${MAX_BASE_PATH_LENGTH} letters, digits and $-_.+!*'(), and single slashes between them, such as shop/v1, got ${JSON.stringify(basePath)}`;
}

/** CDK gives an imported certificate the region of the stack, whatever its ARN. */
function validateCertificate(scope: Construct, certificate: ICertificate | undefined): ValidationError[] {
  if (!certificate) return [];
  const elsewhere = sameEnvironment('domain.certificate', scope, certificate, 'region', CERTIFICATE_ADVICE);
  if (elsewhere || Token.isUnresolved(certificate.certificateArn)) return [elsewhere];
  const { region } = Arn.split(certificate.certificateArn, ArnFormat.SLASH_RESOURCE_NAME);
  if (region === undefined || isInRegionOf(scope, region)) return [];
  return [`\`domain.certificate\` must be in the region of the stack, got ${region}; ${CERTIFICATE_ADVICE}`];
}

const CERTIFICATE_ADVICE = 'request a certificate there: those of us-east-1 are for edge-optimized domain names and CloudFront';

function validateHostedZone({ domainName, hostedZone }: ApiDomainOptions): ValidationError {
  if (!hostedZone || Token.isUnresolved(domainName)) return undefined;
  const zoneName = zoneNameOf(hostedZone);
  return zoneName === undefined || domainName === zoneName || domainName.endsWith(`.${zoneName}`)
    ? undefined
    : `\`domain.hostedZone\` must be the zone of ${domainName} or of a domain above it, got ${zoneName}`;
}

function zoneNameOf({ zoneName }: IHostedZone): string | undefined {
  return Token.isUnresolved(zoneName) ? undefined : zoneName.replace(/\.$/, '');
}
