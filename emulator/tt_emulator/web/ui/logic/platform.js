/** The platform of a world that does not say which it is of, as the server tells of it. */
export const USUAL = { name: 'tt', prefix: '/tt/', global_name: 'tt' };

/** The function of tt-emulator.mjs that makes the global object of a game. */
export const makerOf = ({ global_name: name }) => `create${name.toUpperCase()}`;

/** Whether it is that one: the demo is for it, and a test for another one has to say so. */
export const isUsual = ({ name }) => name === USUAL.name;
