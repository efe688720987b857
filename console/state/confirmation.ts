import { signal } from '@preact/signals';

/** A change that waits for a confirmation. */
export interface Confirmation {
  readonly title: string;
  readonly text: string;
  /** The label of the button, such as `Redrive 3 messages`. */
  readonly action: string;
  readonly isDangerous?: boolean;
  readonly resolve: (isConfirmed: boolean) => void;
}

export const confirmation = signal<Confirmation | undefined>(undefined);

/** Asks for a confirmation. */
export const confirmed = (question: Omit<Confirmation, 'resolve'>): Promise<boolean> => new Promise((resolve) => {
  confirmation.value = {
    ...question,
    resolve: (isConfirmed) => {
      confirmation.value = undefined;
      resolve(isConfirmed);
    },
  };
});
