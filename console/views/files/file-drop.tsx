import { useEffect, useRef, useState } from 'preact/hooks';
import type { ConsoleProblem } from '../../../cli/console/console-api';
import { problemOf } from '../../api/request';
import { upload } from '../../api/upload';
import { formatBytes } from '../../model/format';
import { Field } from '../../parts/field';
import { ProblemBox } from '../../parts/problem-box';
import { confirmed } from '../../state/confirmation';
import { description } from '../../state/live';
import { notify } from '../../state/notices';

/** Uploads the files that are chosen or dropped on the page. */
export function FileDrop({ onUploaded }: { readonly onUploaded: (key: string) => void }) {
  const { hasTenants } = description.value!;
  const [tenant, setTenant] = useState('');
  const [problem, setProblem] = useState<ConsoleProblem | undefined>();
  const [sending, setSending] = useState<{ name: string; share: number } | undefined>();
  const chooser = useRef<HTMLInputElement>(null);
  const send = async (file: File) => {
    setProblem(undefined);
    const text = `${file.name}, ${formatBytes(file.size)}: its orders are placed.`;
    if (!await confirmed({ title: 'Upload this file?', text, action: 'Upload' })) return;
    try {
      setSending({ name: file.name, share: 0 });
      const { key } = await upload(file, hasTenants ? tenant.trim() : undefined, (share) => setSending({ name: file.name, share }));
      notify({ tone: 'good', text: `Uploaded ${file.name}` });
      onUploaded(key);
    } catch (error) {
      setProblem(problemOf(error));
    }
    setSending(undefined);
  };
  const sendAll = async (files: readonly File[]) => { for (const file of files) await send(file); };
  const choose = ({ currentTarget }: { readonly currentTarget: HTMLInputElement }) => {
    void sendAll([...currentTarget.files ?? []]);
    // The same file can be chosen again.
    currentTarget.value = '';
  };
  const isOver = useDrop(sendAll);
  return (
    <section class={isOver ? 'drop over' : 'drop'} aria-label="Upload files">
      {hasTenants && <Field label="Tenant of the files" value={tenant} required onInput={setTenant} />}
      <p>Drop a file with orders on this page, or <button type="button" onClick={() => chooser.current?.click()}>Choose a file</button></p>
      <input ref={chooser} type="file" class="unseen" tabIndex={-1} aria-label="File with orders" multiple onChange={choose} />
      {sending && <p role="status">Uploading {sending.name} <progress max={1} value={sending.share} aria-label={`Upload of ${sending.name}`} /></p>}
      {problem && <ProblemBox problem={problem} />}
    </section>
  );
}

/** Receives files that are dropped anywhere on the page. Returns whether some are dragged over it. */
function useDrop(onDrop: (files: readonly File[]) => Promise<void>): boolean {
  const [isOver, setOver] = useState(false);
  const receive = useRef(onDrop);
  receive.current = onDrop;
  useEffect(() => {
    const over = (event: DragEvent) => { event.preventDefault(); setOver(true); };
    const leave = () => setOver(false);
    const drop = (event: DragEvent) => { event.preventDefault(); setOver(false); void receive.current([...event.dataTransfer?.files ?? []]); };
    const listeners = [['dragover', over], ['dragleave', leave], ['drop', drop]] as const;
    for (const [name, listener] of listeners) document.addEventListener(name, listener as EventListener);
    return () => { for (const [name, listener] of listeners) document.removeEventListener(name, listener as EventListener); };
  }, []);
  return isOver;
}
