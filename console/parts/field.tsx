import { useId } from 'preact/hooks';

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly placeholder?: string;
  readonly required?: boolean;
  /** The values to choose from; any text without them. */
  readonly options?: readonly (readonly [value: string, label: string])[];
}

/** A field with its label. */
export function Field({ label, value, onInput, placeholder, required, options }: FieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {options
        ? (
          <select id={id} value={value} onChange={(event) => onInput(event.currentTarget.value)}>
            {options.map(([each, text]) => <option key={each} value={each}>{text}</option>)}
          </select>
        )
        : (
          <input
            id={id} type="text" value={value} placeholder={placeholder} required={required} autocomplete="off" spellcheck={false}
            onInput={(event) => onInput(event.currentTarget.value)}
          />
        )}
    </div>
  );
}
