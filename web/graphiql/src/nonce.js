// Styles that libraries write at run time carry the page's nonce: its policy lets in no others.

const { nonce } = document.querySelector('meta[property=csp-nonce]') ?? {};
const create = document.createElement;

document.createElement = function createWithNonce(name, ...options) {
  const made = create.call(this, name, ...options);
  if (nonce && made instanceof HTMLStyleElement) made.nonce = nonce;
  return made;
};
