/** How many of the ascending numbers fulfil a condition that holds for the first ones and not for the rest. */
export function countWhere(numbers: ArrayLike<number>, holds: (value: number, at: number) => boolean): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(numbers[middle]!, middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many of the ascending numbers are less than one. */
export function countBelow(numbers: ArrayLike<number>, limit: number): number {
  return countWhere(numbers, (value) => value < limit);
}

/** Whether a number is one of the ascending numbers. */
export function isIn(numbers: ArrayLike<number>, wanted: number): boolean {
  return numbers[countBelow(numbers, wanted)] === wanted;
}
