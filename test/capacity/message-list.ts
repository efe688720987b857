const MIN_GARBAGE = 1024;

/** A list from whose front elements are taken, and to whose front others return, in constant time. */
export class MessageList<Element> {
  private elements: Element[] = [];
  private first = 0;
  /** The elements that come before all others, last to first. */
  private readonly returned: Element[] = [];

  get length(): number {
    return this.returned.length + this.elements.length - this.first;
  }

  push(element: Element): void {
    this.elements.push(element);
  }

  shift(): Element | undefined {
    if (this.returned.length > 0) return this.returned.pop();
    if (this.first === this.elements.length) return undefined;
    const element = this.elements[this.first++];
    if (this.first > MIN_GARBAGE && this.first * 2 > this.elements.length) this.dropGarbage();
    return element;
  }

  /** Adds elements before all others, in their order. */
  unshift(elements: readonly Element[]): void {
    this.returned.push(...elements.toReversed());
  }

  /** The first elements, at most so many. */
  firstOf(count: number): Element[] {
    const returned = this.returned.slice(-count).toReversed();
    return [...returned, ...this.elements.slice(this.first, this.first + count - returned.length)];
  }

  private dropGarbage(): void {
    this.elements = this.elements.slice(this.first);
    this.first = 0;
  }
}
