import { CfnResource, type CfnElement, type Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { ResourceReader } from './resource-reader';

/** The resources of a stage of an app by stack, each read once for its own template, and the alarms by what they refer to. */
export class StageResources {
  private readonly byStack = new Map<Stack, CfnResource[]>();
  private readonly readers = new Map<Stack, ResourceReader>();
  private alarms?: ReadonlyMap<CfnElement, readonly CfnResource[]>;

  constructor(stage: IConstruct) {
    for (const resource of resourcesUnder(stage)) addTo(this.byStack, resource.stack, resource);
  }

  public resourcesIn(stack: Stack): readonly CfnResource[] {
    return this.byStack.get(stack) ?? [];
  }

  /** Returns the reader that reads resources as the template of a stack refers to them. */
  public readerOf(stack: Stack): ResourceReader {
    const reader = this.readers.get(stack) ?? new ResourceReader(stack);
    this.readers.set(stack, reader);
    return reader;
  }

  /** Returns the alarms of all stacks that refer to an element. */
  public alarmsOn(element: CfnElement): readonly CfnResource[] {
    this.alarms ??= this.findAlarms();
    return this.alarms.get(element) ?? [];
  }

  private findAlarms(): Map<CfnElement, CfnResource[]> {
    const found = new Map<CfnElement, CfnResource[]>();
    for (const alarm of [...this.byStack.values()].flat().filter(({ cfnResourceType }) => cfnResourceType === 'AWS::CloudWatch::Alarm')) {
      for (const element of this.readerOf(alarm.stack).read(alarm).references) addTo(found, element, alarm);
    }
    return found;
  }
}

function addTo<Key>(lists: Map<Key, CfnResource[]>, key: Key, resource: CfnResource): void {
  const list = lists.get(key);
  if (list) list.push(resource);
  else lists.set(key, [resource]);
}

/** Returns the resources under a scope, those of nested stacks and stages included. */
export const resourcesUnder = (scope: IConstruct): CfnResource[] => scope.node.findAll().filter((construct) => CfnResource.isCfnResource(construct));
