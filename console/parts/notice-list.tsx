import { Icon } from './icon';
import { dismiss, notices } from '../state/notices';

/** What actions led to. */
export const NoticeList = () => (
  <div class="notices" role="log" aria-live="polite" aria-label="Results of actions">
    {notices.value.map(({ id, tone, text, lines, link }) => (
      <div key={id} class={`box ${tone}`}>
        <Icon name={tone} />
        <div>
          <strong>{text}</strong>
          {lines?.map((line) => <p key={line}>{line}</p>)}
          {link && <p><a href={link.href}>{link.text}</a></p>}
        </div>
        <button type="button" class="quiet" aria-label={`Dismiss: ${text}`} onClick={() => dismiss(id)}><Icon name="close" /></button>
      </div>
    ))}
  </div>
);
