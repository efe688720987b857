/** stream-json: its streamer of array elements. */
import { Readable } from 'node:stream';
import { measure } from '../measure';
import { streamFile } from '../stream-file';

void measure((path) => ({
  run: async () => {
    const { default: streamArray } = await import('stream-json/streamers/stream-array.js');
    let orders = 0;
    let bytes = 0;
    const counted = async function* () {
      for await (const chunk of streamFile(path)) {
        bytes += chunk.length;
        yield chunk;
      }
    };
    const elements = Readable.from(counted()).pipe(streamArray.withParserAsStream());
    for await (const element of elements) {
      if (element) orders++;
    }
    return { orders, bytes };
  },
}));
