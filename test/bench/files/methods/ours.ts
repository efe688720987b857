/** The splitters of this repository, for each format, and `JSON.parse` for each order, as in `limit`. */
import { measure } from '../measure';
import { readOurs } from '../read-ours';

void measure((path) => ({
  run: () => readOurs(path, (orders) => {
    for (const { bytes } of orders) JSON.parse(bytes.toString());
  }),
}));
