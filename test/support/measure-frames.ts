import type { Page } from 'playwright-core';

/** The times between the frames that a page draws, in milliseconds. */
export interface FrameTimes {
  readonly count: number;
  readonly median: number;
  readonly percentile95: number;
}

const START = `(() => {
  const frames = globalThis.measuredFrames = [];
  let last = performance.now();
  const next = (now) => {
    frames.push(now - last);
    last = now;
    globalThis.measuredFrames === frames && requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
})()`;
// The first frame began before.
const END = '(() => { const frames = globalThis.measuredFrames; globalThis.measuredFrames = undefined; return frames.slice(1); })()';

/** Measures the frames that a page draws during an action. */
export async function measureFrames(page: Page, action: () => Promise<void>): Promise<FrameTimes> {
  await page.evaluate(START);
  await action();
  const frames = (await page.evaluate<number[]>(END)).sort((one, other) => one - other);
  return { count: frames.length, median: frames[Math.floor(frames.length / 2)], percentile95: frames[Math.floor(frames.length * 0.95)] };
}
