import { timelineSteps } from '../../../console/model/timeline-steps';

test('each event but the first has the seconds since the one before; clocks that differ make no negative time', () => {
  const at = (time: string) => ({ eventId: time, type: 'OrderPlaced', at: `2026-11-27T12:00:${time}Z`, detail: {} });
  expect(timelineSteps([at('00.000'), at('01.500'), at('01.400')]).map(({ after }) => after)).toEqual([undefined, 1.5, 0]);
  expect(timelineSteps([])).toEqual([]);
});
