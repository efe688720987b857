import '../support/handler-env';

// Debug logs must not contain personal data either. A test imports this file before the handlers.
process.env.POWERTOOLS_LOG_LEVEL = 'DEBUG';
