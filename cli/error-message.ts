/** Returns the message of an error. SDK errors without a message have only a name. */
export const errorMessage = ({ name, message }: Error): string => (message && message !== 'UnknownError' ? message : name);
