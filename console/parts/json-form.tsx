import { useId, useState } from 'preact/hooks';
import { ActionButton } from './action-button';
import { ProblemBox } from './problem-box';
import type { CommandResult, ConsoleProblem } from '../../cli/console/console-api';
import { problemOf } from '../api/request';
import { confirmed } from '../state/confirmation';

interface JsonFormProps {
  readonly title: string;
  readonly hint: string;
  readonly initial: object;
  readonly action: string;
  readonly question: string;
  readonly isDangerous?: boolean;
  readonly rows?: number;
  readonly send: (body: unknown) => Promise<CommandResult>;
  readonly onSent: (result: CommandResult) => void;
}

/** A form for a command: its body is JSON. It asks for a confirmation, and shows what the pipeline refused. */
export function JsonForm({ title, hint, initial, action, question, isDangerous, rows = 8, send, onSent }: JsonFormProps) {
  const id = useId();
  const [text, setText] = useState(() => JSON.stringify(initial, null, 2));
  const [problem, setProblem] = useState<ConsoleProblem | undefined>();
  const [isSending, setSending] = useState(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (isSending) return;
    const body = parse(text);
    setProblem('problem' in body ? body.problem : undefined);
    if ('problem' in body || !await confirmed({ title, text: question, action, ...(isDangerous ? { isDangerous } : {}) })) return;
    setSending(true);
    try {
      const result = await send(body.value);
      if (result.problem) setProblem(result.problem);
      else onSent(result);
    } catch (error) {
      setProblem(problemOf(error));
    }
    setSending(false);
  };
  return (
    <form class="stack" onSubmit={submit}>
      <label for={id}>{title}</label>
      <p class="hint" id={`${id}-hint`}>{hint}</p>
      <textarea
        id={id} rows={rows} spellcheck={false} aria-describedby={`${id}-hint`} value={text} onInput={(event) => setText(event.currentTarget.value)}
      />
      {problem && <ProblemBox problem={problem} />}
      <div class="actions">
        <ActionButton type="submit" class={isDangerous ? 'danger' : 'primary'} isBusy={isSending}>{isSending ? 'Sending…' : action}</ActionButton>
      </div>
    </form>
  );
}

function parse(text: string): { readonly value: unknown } | { readonly problem: ConsoleProblem } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { problem: { status: 400, title: 'This is not JSON', detail: (error as Error).message } };
  }
}
