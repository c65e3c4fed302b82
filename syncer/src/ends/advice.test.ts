import { expect, it } from '@jest/globals';
import { adviceOf } from './advice.ts';
import { unsafeCauses } from './end.ts';

const about = {
  binding: 'web',
  groupName: 'web-tg',
  terminationLabel: 'elbv2.k8s.aws/graceful-termination',
  seconds: 305,
};

it('an event on a short sleep says how long it should be', () => {
  expect(adviceOf('sleep-too-short', about)).toBe(
    'pods end before target group web-tg (TargetGroupBinding web) has stopped sending to them: set preStop.sleep.seconds to 305 and a longer terminationGracePeriodSeconds, or label the namespace elbv2.k8s.aws/graceful-termination=enabled, and restart them',
  );
});

it('each cause has words of its own', () => {
  const messages = unsafeCauses.map((cause) => adviceOf(cause, about));
  expect(new Set(messages).size).toBe(unsafeCauses.length);
});
