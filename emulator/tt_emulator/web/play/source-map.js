// Reads the lines of a source map, https://tc39.es/ecma426/: for each line of what was made, the line that it came from.
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The numbers of a segment of base 64 VLQ. */
function numbersOf(segment) {
  const numbers = [];
  let number = 0;
  let shift = 0;
  for (let index = 0; index < segment.length; index += 1) {
    const digit = DIGITS.indexOf(segment[index]);
    number += (digit & 31) * 2 ** shift;
    shift += 5;
    if (digit < 32) {
      numbers.push(number % 2 === 1 ? -(number - 1) / 2 : number / 2);
      number = 0;
      shift = 0;
    }
  }
  return numbers;
}

/** Lines from 1, by those of what was made, from 1; a line without a segment has the one before it. */
export function linesOf(mappings) {
  const lines = [1];
  let source = 0;
  mappings.split(';').forEach((group, index) => {
    let first = null;
    group.split(',').forEach((segment) => {
      const { 2: moved } = numbersOf(segment);
      if (moved === undefined) return;
      source += moved;
      if (first === null) first = source;
    });
    lines[index + 1] = first === null ? lines[index] : first + 1;
  });
  return lines;
}
