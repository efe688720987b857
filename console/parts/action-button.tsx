import type { ButtonHTMLAttributes } from 'preact';

interface ActionButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'onClick'> {
  /** Whether the action is under way. */
  readonly isBusy: boolean;
  readonly onClick?: () => void;
}

/** A button that starts an action. It keeps the focus during the action, which a disabled button would lose. */
export const ActionButton = ({ isBusy, onClick, ...rest }: ActionButtonProps) => (
  <button type="button" {...rest} aria-disabled={isBusy ? 'true' : undefined} onClick={isBusy ? undefined : onClick} />
);
