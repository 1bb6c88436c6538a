import { Number } from '../natives.js';

const FROM_GROUP = 1044; // the scene of a launch from a group's card

/** getLaunchOptionsSync's answer, of the query of the page's address, of what in it is the tool's own, and of the state. */
export function launchOf(query, own, { launched_from: group, share_ticket: shareTicket }) {
  const untold = group ? FROM_GROUP : 0;
  const launch = { scene: Number(own['tt-scene']) || untold, query, referrerInfo: {} };
  return group ? { ...launch, shareTicket } : launch;
}
