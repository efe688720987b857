const MIN_GARBAGE = 1024;

/** A list of which the first elements are taken, in constant time. */
export class MessageList<Element> {
  private elements: Element[] = [];
  private first = 0;

  get length(): number {
    return this.elements.length - this.first;
  }

  push(element: Element): void {
    this.elements.push(element);
  }

  shift(): Element | undefined {
    if (this.length === 0) return undefined;
    const element = this.elements[this.first++];
    if (this.first > MIN_GARBAGE && this.first * 2 > this.elements.length) this.unshift();
    return element;
  }

  /** Adds elements before all others. */
  unshift(elements: readonly Element[] = []): void {
    this.elements = [...elements, ...this.elements.slice(this.first)];
    this.first = 0;
  }

  /** The elements, first to last. */
  all(): readonly Element[] {
    return this.elements.slice(this.first);
  }
}
