import { typeNamed } from './jsii-types';

/**
 * The package of a type in Go.
 *
 * @throws Error if there is no such type
 */
export function goPackageOf(name: string): string {
  const type = typeNamed(name);
  if (!type) throw new Error(`There is no type ${name} in the library or in CDK.`);
  const [assembly, module] = type.fqn.split('.');
  if (assembly === 'cdk-order-pipeline') return 'cdkorderpipeline';
  return module === name ? 'awscdk' : module.replaceAll('_', '');
}
