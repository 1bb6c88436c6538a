import { array } from './language.js';

/** Members by their name, each made from what is in `parts`: {screen, context, life, …}. */
export const pick = (part, names) => array.reduce(names, (members, name) => ({ ...members, [name]: (parts) => parts[part][name] }), {});
