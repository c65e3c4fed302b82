/** The error's name as the SDK's caller sees it, or `no error`. */
export const outcomeOf = async (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'no error',
    (error: unknown) => (error as Error).name,
  );
