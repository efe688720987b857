import type { Construct } from 'constructs';
import { apiKeyIds, needsOwnAuthorizer } from './live-authentication';
import { validateLiveAuthentication } from './validate-live-authentication';
import type { OrderAuthentication } from '../../order-authentication';
import { validateLiveUpdatesOptions, type OrderLiveUpdatesProps } from '../../order-live-updates-options';
import { needsListByCustomer } from '../order-lists';
import { cannotBeSet, type ValidationError } from '../validate';
import { validateCommon, validateKeyRegion } from '../validate-common';
import { sameEnvironment, TABLE_ADVICE } from '../validate-environment';

/** Validates the props of `OrderLiveUpdates` with the authentication that its connections have. */
export function validateLiveUpdates(scope: Construct, props: OrderLiveUpdatesProps, authentication: OrderAuthentication): ValidationError[] {
  const { ingest, encryptionKey } = props;
  return [
    ...validateLiveUpdatesOptions(props),
    ...validateCommon(props),
    needsListByCustomer(props.ordersTable),
    ...validateLiveAuthentication(authentication, ingest._api.callerOptions, props.authentication !== undefined),
    authentication._apiKeyRequired && apiKeyIds(ingest._api).length === 0
      ? '`authentication` needs an API key of the API, which has none; use OrderAuthentication.cognito, oidc, iam or lambda' : undefined,
    ...(needsOwnAuthorizer(authentication) ? []
      : cannotBeSet(props, ['authorizeLiveConnection'], `with OrderAuthentication.${authentication._scheme.kind}, which does not use it; omit it`)),
    ...(['ordersTable', 'filesTable'] as const).map((prop) => sameEnvironment(prop, scope, props[prop], 'account and region', TABLE_ADVICE)),
    validateKeyRegion(scope, encryptionKey),
  ];
}
