/** Our splitter, and `JSON.parse` for each order: to be compared with the limit, which does no more. */
import { measure } from '../measure';
import { readOurs } from '../read-ours';

void measure((path) => ({
  run: () => readOurs(path, (orders) => {
    for (const { bytes } of orders) JSON.parse(bytes.toString());
  }),
}));
