import { formatTime } from '../model/format';

/** An instant: short, with all of it as its title. */
export const Time = ({ at }: { readonly at: string }) => <time dateTime={at} title={at}>{formatTime(at)}</time>;
