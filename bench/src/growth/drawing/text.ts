/** A number of any size as short as it can be compared: whole ones whole, others with two digits. */
export const short = (value: number): string =>
  value.toLocaleString('en-US', {
    maximumSignificantDigits: 2,
    maximumFractionDigits: 0,
    roundingPriority: 'morePrecision',
  });

/** A length in pixels. */
export const px = (length: number): string => `${Math.round(length * 10) / 10}`;
