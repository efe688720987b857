/** JSON, indented. */
export const JsonText = ({ value, label }: { readonly value: unknown; readonly label: string }) => (
  <pre tabIndex={0} role="region" aria-label={label}>{JSON.stringify(value, null, 2)}</pre>
);
