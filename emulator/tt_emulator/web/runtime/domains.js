// The two domains of a game.
export const DOMAINS = { main: 'the main domain', open: 'the open data domain' };
export const otherThan = (domain) => (domain === 'main' ? 'open' : 'main');
