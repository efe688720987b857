/** clarinet: assembles the orders from its parser events. */
import { StringDecoder } from 'node:string_decoder';
import clarinet from 'clarinet';
import { measure } from '../measure';
import { streamFile } from '../stream-file';

type Container = Record<string, unknown> | unknown[];

void measure((path) => ({
  run: async () => {
    let orders = 0;
    let bytes = 0;
    const stack: Container[] = [];
    const keys: string[] = [];
    const put = (value: unknown) => {
      const parent = stack.at(-1);
      if (Array.isArray(parent)) {
        if (stack.length === 1) orders++;
        else parent.push(value);
      } else if (parent) {
        parent[keys.at(-1)!] = value;
      }
    };
    const open = (container: Container, key = '') => {
      stack.push(container);
      keys.push(key);
    };
    const close = () => {
      keys.pop();
      put(stack.pop());
    };
    const parser = clarinet.parser();
    parser.onerror = (error: Error) => { throw error; };
    parser.onopenobject = (key: string) => open({}, key);
    parser.onkey = (key: string) => { keys[keys.length - 1] = key; };
    parser.onopenarray = () => open([]);
    parser.oncloseobject = close;
    parser.onclosearray = close;
    parser.onvalue = put;
    const decoder = new StringDecoder();
    for await (const chunk of streamFile(path)) {
      bytes += chunk.length;
      parser.write(decoder.write(chunk));
    }
    parser.close();
    return { orders, bytes };
  },
}));
