import { Component, h, type FunctionComponent, type VNode } from 'preact';

/** A component that is drawn again only if one of its properties is another value. */
export function memo<Properties extends object>(Inner: FunctionComponent<Properties>): new (props: Properties) => Component<Properties> {
  return class Memo extends Component<Properties> {
    shouldComponentUpdate(next: Properties): boolean {
      const names = new Set([...Object.keys(next), ...Object.keys(this.props)]) as Set<keyof Properties & string>;
      return [...names].some((name) => name !== 'children' && next[name] !== (this.props as Properties)[name]);
    }

    render(): VNode {
      return h(Inner, this.props as Properties & preact.Attributes) as VNode;
    }
  };
}
