import type { View } from '../model/route';

export const TITLES: Readonly<Record<View, string>> = {
  'pipeline': 'Pipeline', 'orders': 'Orders', 'files': 'Files', 'dead-letters': 'Dead letters', 'events': 'Events', 'break-it': 'Break it',
};
