/** A call that is not answered within this is given up and made again by a later round. */
export const answerWithinMs = 5_000;
const connectWithinMs = 3_000;

/** What every client of AWS is made with. */
export const clientLimits = {
  // The rounds retry, in the order of urgency; a retry inside the SDK would multiply calls when AWS throttles.
  maxAttempts: 1,
  requestHandler: {
    requestTimeout: answerWithinMs,
    connectionTimeout: connectWithinMs,
    // Without this the SDK warns of a call that hangs, and goes on waiting.
    throwOnRequestTimeout: true,
  },
};
