/*
 * What was compiled before, each module with the text that it was made of: a reload compiles what has changed. Before the
 * game's code begins. A browser that keeps nothing, as a private window may, only loses the time.
 */
const STORE = 'modules';

const settled = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

async function open() {
  const request = indexedDB.open('tt-emulator-compiled', 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'path' });
  return settled(request);
}

/** Those of `modules`, [{path, code}], that `compiler` has made, as [{path, code, lines}]. */
export async function recalled(modules, compiler) {
  try {
    const database = await open();
    const store = database.transaction(STORE).objectStore(STORE);
    const known = await Promise.all(modules.map(({ path }) => settled(store.get(path))));
    database.close();
    return known.filter((one, index) => one && one.compiler === compiler && one.source === modules[index].code)
      .map(({ path, code, lines }) => ({ path, code, lines }));
  } catch {
    return [];
  }
}

/** Keeps them, [{path, source, code, lines}]. */
export async function keep(made, compiler) {
  try {
    const database = await open();
    const store = database.transaction(STORE, 'readwrite').objectStore(STORE);
    await Promise.all(made.map((one) => settled(store.put({ ...one, compiler }))));
    database.close();
  } catch {
    // as if it had not been compiled
  }
}
