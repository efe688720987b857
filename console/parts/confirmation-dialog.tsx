import { useEffect, useRef } from 'preact/hooks';
import { confirmation, type Confirmation } from '../state/confirmation';

/** Asks for the confirmation of a change. The browser keeps the focus in it, and returns it when it closes. */
function Question({ title, text, action, isDangerous, resolve }: Confirmation) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => { dialog.current?.showModal(); }, []);
  const close = (isConfirmed: boolean) => {
    dialog.current?.close();
    resolve(isConfirmed);
  };
  const cancel = (event: Event) => {
    event.preventDefault();
    close(false);
  };
  return (
    <dialog ref={dialog} aria-labelledby="question-title" aria-describedby="question-text" onCancel={cancel}>
      <h2 id="question-title">{title}</h2>
      <p id="question-text">{text}</p>
      <div class="actions end">
        <button type="button" autoFocus onClick={() => close(false)}>Not now</button>
        <button type="button" class={isDangerous ? 'danger' : 'primary'} onClick={() => close(true)}>{action}</button>
      </div>
    </dialog>
  );
}

export const ConfirmationDialog = () => (confirmation.value ? <Question {...confirmation.value} /> : null);
