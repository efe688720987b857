import { render } from 'preact';
import { App } from './app';
import { startLive } from './state/live';

startLive();
render(<App />, document.getElementById('console')!);
