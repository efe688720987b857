import type { SVGAttributes } from 'preact';

/** The lines of the icons, on a grid of 16. */
const LINES = {
  good: 'M3 8.5l3.2 3.2L13 5',
  bad: 'M8 3v6M8 12.4v.2',
  busy: 'M8 4v4l2.6 1.6M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8',
  neutral: 'M4 8h8',
  close: 'M4 4l8 8M12 4l-8 8',
  API: 'M5.5 4L2 8l3.5 4M10.5 4L14 8l-3.5 4',
  QUEUE: 'M2 5h12v6H2zM6 5v6M10 5v6',
  FUNCTION: 'M4 2.5h3l5 11h2M7.3 7.5L4 13.5',
  TABLE: 'M2.5 3h11v10h-11zM2.5 6.5h11M6.5 6.5V13',
  BUCKET: 'M2.5 4h11l-1.5 9H4zM2.5 4c0-1.3 11-1.3 11 0',
  BUS: 'M8 2v12M3 5h5M8 8h5M3 11h5',
  TOPIC: 'M3 6v4h2.5L11 13V3L5.5 6zM13 6.2v3.6',
  STREAM: 'M2 5c3-3 4 3 6 1s4-2 6 0M2 11c3-3 4 3 6 1s4-2 6 0',
  STATE_MACHINE: 'M6 2h4v4H6zM2 10h4v4H2zM10 10h4v4h-4zM8 6v2M4 10V8h8v2',
} as const;

export type IconName = keyof typeof LINES;

/** A picture beside a text with the same meaning. */
export const Icon = ({ name, ...rest }: { readonly name: IconName } & SVGAttributes<SVGSVGElement>) => (
  <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" {...rest}><path d={LINES[name]} /></svg>
);
