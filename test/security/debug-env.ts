import '../support/handler-env';

// Whoever looks for trouble turns everything on, so what is logged then counts, too. A test imports this file before the handlers.
process.env.POWERTOOLS_LOG_LEVEL = 'DEBUG';
