import { writeFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';
import type { Browser } from 'playwright-core';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const MAX_COLORS = 256;

interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue and alpha of each pixel, in base64. */
  readonly data: string;
}

/** Writes a screenshot with at most 256 colors, which is a third of its size: colors of smoothed edges are replaced by the nearest frequent ones. */
export async function writeIndexedPng(path: string, png: Buffer, browser: Browser): Promise<void> {
  const { width, height, data } = await readPixels(png, browser);
  const pixels = Buffer.from(data, 'base64');
  const colors = Array.from({ length: width * height }, (_, index) => pixels.readUIntBE(index * 4, 3));
  const palette = frequentColors(colors);
  const indexOf = new Map(palette.map((color, index) => [color, index]));
  const rows = Buffer.alloc((width + 1) * height);
  colors.forEach((color, index) => {
    if (!indexOf.has(color)) indexOf.set(color, nearest(color, palette));
    rows[Math.floor(index / width) * (width + 1) + 1 + (index % width)] = indexOf.get(color)!;
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits for each pixel, which are an index of the palette.
  header.set([8, 3], 8);
  const colorBytes = Buffer.concat(palette.map((color) => Buffer.from(channelsOf(color))));
  const chunks = [chunk('IHDR', header), chunk('PLTE', colorBytes), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))];
  writeFileSync(path, Buffer.concat([SIGNATURE, ...chunks]));
}

/** The browser decodes what it encoded. */
async function readPixels(png: Buffer, browser: Browser): Promise<Pixels> {
  const page = await browser.newPage();
  try {
    return await page.evaluate(async (url) => {
      // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the types of a browser are not those of scripts
      const { document, Image, FileReader, Blob } = globalThis as any;
      const image = Object.assign(new Image(), { src: url });
      await image.decode();
      const context = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height }).getContext('2d');
      context.drawImage(image, 0, 0);
      const { data } = context.getImageData(0, 0, image.width, image.height);
      const reader = new FileReader();
      const read = new Promise((resolve) => { reader.onload = resolve; });
      reader.readAsDataURL(new Blob([data]));
      await read;
      return { width: image.width, height: image.height, data: reader.result.split(',')[1] };
    }, `data:image/png;base64,${png.toString('base64')}`);
  } finally {
    await page.close();
  }
}

function frequentColors(colors: readonly number[]): number[] {
  const counts = new Map<number, number>();
  for (const color of colors) counts.set(color, (counts.get(color) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one).slice(0, MAX_COLORS).map(([color]) => color);
}

/** Red, green and blue of a color, from 0 to 255. */
const channelsOf = (color: number): number[] => [65_536, 256, 1].map((unit) => Math.floor(color / unit) % 256);

function nearest(color: number, palette: readonly number[]): number {
  const channels = channelsOf(color);
  const distance = (other: number) => channelsOf(other).reduce((sum, value, index) => sum + (value - channels[index]) ** 2, 0);
  return palette.reduce((best, other, index) => (distance(other) < distance(palette[best]) ? index : best), 0);
}

function chunk(type: string, data: Buffer): Buffer {
  const [length, sum, typed] = [Buffer.alloc(4), Buffer.alloc(4), Buffer.concat([Buffer.from(type), data])];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(typed));
  return Buffer.concat([length, typed, sum]);
}
