/** The names of files that the page hands out: by world and time, in letters that every disk takes. */

const two = (number) => String(number).padStart(2, '0');

/** `default-2026-11-29T18-03-11.world.json`, by the clock on the wall; `kind` is `world.json`, `har` or `story.json`. */
export function fileName(world, kind, moment) {
  const day = [moment.getFullYear(), two(moment.getMonth() + 1), two(moment.getDate())].join('-');
  const time = [moment.getHours(), moment.getMinutes(), moment.getSeconds()].map(two).join('-');
  return `${world.replace(/[^\p{L}\p{N}._-]/gu, '_')}-${day}T${time}.${kind}`;
}
