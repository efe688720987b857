declare module 'clarinet';
declare module 'jsonparse';
