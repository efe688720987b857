import { notify } from '../state/notices';

/** Copies a text. */
export const CopyButton = ({ text, label, what }: { readonly text: string; readonly label: string; readonly what: string }) => {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      notify({ tone: 'good', text: `Copied ${what}` });
    } catch {
      notify({ tone: 'bad', text: `The browser did not allow to copy ${what}`, lines: [text] });
    }
  };
  return <button type="button" class="small" onClick={copy}>{label}</button>;
};
