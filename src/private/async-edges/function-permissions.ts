import type { ServiceSender } from './edge';
import { literalText, type Json } from './template';
import type { TemplateIndex } from './template-index';

/** Whether the permissions of a function allow a service to invoke it. */
export function allowsInvocation(handler: Json, { service, source }: ServiceSender, index: TemplateIndex): boolean {
  return index.resourcesOfType('AWS::Lambda::Permission').some(({ properties }) =>
    index.findFunction(properties.FunctionName) === index.findFunction(handler)
    && literalText(properties.Principal).startsWith(service.replace('amazonaws.com', ''))
    && [index.find(source), undefined].includes(index.find(properties.SourceArn)));
}
