/**
 * How many of `width` parts of a bar are filled for a share from 0 to 1: all only where all is there, none
 * only where nothing is.
 */
export function filledParts(share: number, width: number): number {
  if (share >= 1) return width;
  return share <= 0 ? 0 : Math.min(width - 1, Math.max(1, Math.round(share * width)));
}
