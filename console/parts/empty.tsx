import type { ComponentChildren } from 'preact';

/** States that there is nothing, and what there could be. */
export const Empty = ({ children }: { readonly children: ComponentChildren }) => <p class="empty">{children}</p>;
