// Texts of the platform's own runtime, as people have seen them; they are never translated.
export const SEEN = {
  secureCanvas: 'An unsecure canvas can\'t take an secure canvas as arugment of drawImage When using subcontext',
  only2d: '[GameOpenDataContext] 子域只支持使用 2D 渲染模式',
};
