/** The emulator's public control API, of one world. */

/** The emulator refused: `status` and `problem` are its answer's. */
export class Refused extends Error {
  constructor(status, problem) {
    super([problem.detail, ...(problem.errors || []).map(flaw), problem.hint].filter(Boolean).join(' '));
    Object.assign(this, { status, problem });
  }
}

const MOST_TRIES = 20;

const flaw = ({ pointer, detail }) => [pointer, detail].filter(Boolean).join(': ');

/** Nobody answered. */
export class Silent extends Error {}

/** For what the page reads by itself: a refusal or silence is told by the state of the connection already. */
export function unlessTold(error) {
  if (!(error instanceof Refused || error instanceof Silent)) throw error;
}

/** No server has a token that no header can carry; sent, it would look as if nobody answered. */
const sendable = (token) => (/^[!-~]+$/.test(token ?? '') ? token : null);

/**
 * @param {{world: string, token: () => string|null, language: () => string, prefix?: () => string, fetch?: typeof fetch}} settings
 */
export function createApi({ world, token, language, prefix, fetch = globalThis.fetch.bind(globalThis) }) {
  function headers(more = {}) {
    const secret = sendable(token());
    return {
      'X-Emulator-World': encodeURIComponent(world),
      'Accept-Language': language(),
      ...(secret && { Authorization: `Bearer ${secret}` }),
      ...more,
    };
  }

  async function send(method, path, { body, text, more } = {}) {
    const said = text ?? (body === undefined ? undefined : JSON.stringify(body));
    const kind = said === undefined ? {} : { 'Content-Type': 'application/json' };
    let response;
    try {
      const keepalive = method === 'DELETE'; // what goes with the page is taken away all the same
      response = await fetch(path, { method, body: said, headers: headers({ ...kind, ...more }), keepalive });
    } catch (error) {
      throw new Silent(error.message);
    }
    if (response.ok) return response;
    throw new Refused(response.status, await response.json().catch(() => ({ detail: `HTTP ${response.status}` })));
  }

  async function ask(method, path, body) {
    const response = await send(method, `/__emulator/v1/${path}`, { body });
    return response.status === 204 ? null : response.json();
  }

  /**
   * Reads what `path` has, and puts what decide(it) gives only if it is still that; else once more. Gives what is
   * stored then, or `null` if `decide` gave nothing.
   */
  async function change(path, decide) {
    for (let tries = 1; ; tries += 1) {
      const found = await send('GET', `/__emulator/v1/${path}`);
      const body = decide(await found.json());
      if (!body) return null;
      try {
        const more = { 'If-Match': found.headers.get('ETag') };
        return await (await send('PUT', `/__emulator/v1/${path}`, { body, more })).json();
      } catch (error) {
        if (!(error instanceof Refused && error.status === 412) || tries === MOST_TRIES) throw error;
      }
    }
  }

  return {
    world,
    headers,
    change,
    get: (path) => ask('GET', path),
    post: (path, body) => ask('POST', path, body),
    put: (path, body) => ask('PUT', path, body),
    remove: (path) => ask('DELETE', path),
    /** POST a text that is JSON already. */
    postText: async (path, text) => (await send('POST', `/__emulator/v1/${path}`, { text })).json(),
    /** PUT a text that is JSON already. */
    putText: async (path, text) => {
      await send('PUT', `/__emulator/v1/${path}`, { text });
    },
    /** The body as a Blob, to be saved. */
    file: async (path) => (await send('GET', `/__emulator/v1/${path}`)).blob(),
    health: async () => (await send('GET', '/__emulator/health')).json(),
    /** What a game's callback would receive; a real call of that player. */
    call: async (player, api, options, domain = 'main') => {
      const more = { 'X-Emulator-Player': encodeURIComponent(player), 'X-Emulator-Domain': domain };
      return (await send('POST', `${prefix()}${api}`, { body: options, more })).json();
    },
  };
}
