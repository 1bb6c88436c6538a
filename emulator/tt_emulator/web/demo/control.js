/*
 * The demo's side of the emulator's control plane. Only the emulator's own page may use it.
 */
(function () {
  'use strict';

  const script = document.querySelector('script[src$="/tt.js"]');
  const url = new URL(script.src).origin;
  const world = new URLSearchParams(location.search).get('tt-world') || 'default';
  const API = 'setUserCloudStorage';

  /** Raises an Error with the emulator's own words if it refuses; a TypeError if it does not answer. */
  async function ask(method, path, body) {
    const headers = { 'X-Emulator-World': encodeURIComponent(world), 'Accept-Language': document.documentElement.lang };
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    const response = await fetch(`${url}/__emulator/v1/${path}`, { method, headers, body: JSON.stringify(body) });
    if (response.status === 204) return null;
    const answer = await response.json();
    if (!response.ok) throw new Error([answer.detail, answer.hint].filter(Boolean).join(' '));
    return answer;
  }

  const faultFor = (name) => [{ error: name, api: API }];

  /** The same switch for a terminal; `name` null disarms. */
  function curlFor(name) {
    const target = `${url}/__emulator/v1/faults`;
    const inWorld = world === 'default' ? '' : ` -H "x-emulator-world: ${world}"`;
    if (name === null) return `curl -X DELETE ${target}${inWorld}`;
    const body = JSON.stringify(faultFor(name));
    const quoted = /^Win/.test(navigator.platform) ? `"${body.replace(/"/g, '\\"')}"` : `'${body}'`;
    return `curl -X PUT ${target}${inWorld} -H "content-type: application/json" -d ${quoted}`;
  }

  window.control = {
    url,
    api: API,
    testerPage: `${url}/__emulator/ui/${world === 'default' ? '' : `?world=${encodeURIComponent(world)}`}`,
    isOurs: url === location.origin,
    curlFor,
    errors: async () => (await ask('GET', `errors?api=${API}`)).errors,
    faults: async () => (await ask('GET', 'faults')).faults.filter((fault) => !fault.completed),
    arm: (name) => ask('PUT', 'faults', faultFor(name)),
    /** Makes `friend` a friend of a player who has none. */
    async befriend(openid, friend) {
      const path = `players/${encodeURIComponent(openid)}`;
      if ((await ask('GET', path)).friends.length === 0) await ask('PUT', path, { friends: [friend] });
    },
    disarm: () => ask('DELETE', 'faults'),
  };
})();
