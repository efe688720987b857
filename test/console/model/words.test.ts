import { wordsOf } from '../../../console/model/words';

test.each([['BusIngest', 'Bus ingest'], ['OrderPlacementRequested', 'Order placement requested'], ['Ingest', 'Ingest'], ['', '']])('%s is %s', (name, words) => {
  expect(wordsOf(name)).toBe(words);
});
