import { CORRELATION_HEADER } from '../contract';

/* The code of the resolvers, in the subset of JavaScript that the runtime APPSYNC_JS has: no try, no throw, no regular expressions. */

const IMPORT = 'import { extensions, util } from \'@aws-appsync/utils\';';

/** Sends the function what it needs of the request, and not its other headers. */
const REQUEST = `
export function request(ctx) {
  return {
    operation: 'Invoke',
    payload: {
      field: ctx.info.fieldName,
      arguments: ctx.args,
      identity: ctx.identity,
      correlationId: ctx.request.headers['${CORRELATION_HEADER}'],
    },
  };
}`;

/** Turns a problem into an error of GraphQL whose type is its code, and a failed function into one that does not show why. */
const CHECK_RESULT = `
  if (ctx.error) {
    util.error('the service is temporarily unavailable; retry the request', 'unavailable');
  }
  const { data, problem } = ctx.result;
  if (problem) {
    util.error(problem.detail, problem.code, null, problem);
  }`;

/** The resolver of a query or mutation. */
export const FIELD_RESOLVER = `${IMPORT}
${REQUEST}

export function response(ctx) {${CHECK_RESULT}
  return data;
}
`;

/** The resolver of a subscription: AppSync delivers the events that pass the filter. */
export const SUBSCRIPTION_RESOLVER = `${IMPORT}
${REQUEST}

export function response(ctx) {${CHECK_RESULT}
  extensions.setSubscriptionFilter(util.transform.toSubscriptionFilter(data));
  return null;
}
`;

/** The resolver of the mutation that publishes to subscribers. Only the role of the publisher may call it, even if others have IAM permissions for all fields. */
export const PUBLISH_RESOLVER = `${IMPORT}

export function request(ctx) {
  if (!ctx.identity || !ctx.identity.userArn || !ctx.identity.userArn.includes(':assumed-role/' + ctx.env.PUBLISHER_ROLE + '/')) {
    util.unauthorized();
  }
  return { payload: ctx.args.change };
}

export function response(ctx) {
  return ctx.result;
}
`;
