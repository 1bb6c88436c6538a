import { localized } from './locale.js';

export const DOMAIN_TEXTS = {
  main: { en: 'the main domain', zh: '主域' },
  open: { en: 'the open data domain', zh: '开放数据域' },
};
export const DOMAINS = localized(DOMAIN_TEXTS);
export const otherThan = (domain) => (domain === 'main' ? 'open' : 'main');
