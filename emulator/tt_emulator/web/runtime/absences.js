import { DOMAINS, otherThan } from './domains.js';
import { array } from './language.js';
import { inPage, isWorker } from './natives.js';

const listed = (names) => array.join(array.map(names, (name) => 'tt.' + name), ', ');

// What is said of names that tt does not have, together where they share the cause.
export const ABSENCES = {
  wechat: () => "tt.getFriendCloudStorage is not a Douyin API. Use tt.getCloudStorageByRelation({type: 'friend', keyList: […]}) in"
    + ' the open data domain, or have it there with data-compat="wx" on the script tag of tt.js.',
  elsewhere: (names, isOne, { domain }) => listed(names) + (isOne ? ' is' : ' are') + ' undefined in ' + DOMAINS[domain] + ': '
    + (isOne ? 'it belongs' : 'they belong') + ' to ' + DOMAINS[otherThan(domain)] + '.',
  elsewhereInPages: (names, isOne, { domain }) => listed(names) + (isOne ? ' is' : ' are') + ' undefined in ' + DOMAINS[domain] + ': '
    + (isOne ? 'it belongs' : 'they belong') + ' to ' + DOMAINS[otherThan(domain)] + ', and ' + (isOne ? 'is' : 'are')
    + ' there only in a page.',
  twoWay: (names, isOne) => listed(names) + (isOne ? ' is' : ' are') + ' undefined in ' + DOMAINS.main + ': '
    + (isOne ? 'it belongs' : 'they belong') + ' to ' + DOMAINS.open + '. The setting two_way_messages gives '
    + (isOne ? 'it' : 'them') + ' to the main domain, too.',
  ownData: (names) => listed(names) + ' is undefined in ' + DOMAINS.main + ': the setting own_data_in_main is off.',
  pages: (names, isOne) => listed(names) + (isOne ? ' is' : ' are') + ' there only in a page, and undefined in '
    + (isWorker ? 'a worker' : 'Node') + (isOne ? '. Guard it, or set ' + listed(names) + ' to a stand-in.'
    : '. Guard them, or set them to stand-ins.'),
  unknown: (names, isOne, { url }) => listed(names) + (isOne
    ? ' is not emulated and stays undefined. Guard it, or set ' + listed(names) + ' to a stand-in'
    : ' are not emulated and stay undefined. Guard them, or set them to stand-ins')
    + (inPage && url ? '; some are ready: ' + url + '/stand-ins.js' : '.'),
};
