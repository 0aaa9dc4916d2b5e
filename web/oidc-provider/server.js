// An OpenID Connect server by other hands (npm oidc-provider), with our test persons and clients.
// It drives the same tests as our own issuer: `node server.js config.json` prints its address, and
// ends when its input does.
// config.json: { audience, clients: [{ id, machine, key }], people: { name: { title, claims } } }

import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const { audience, clients, people } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const RESOURCE = 'urn:dbep:gateway';
const RETURN_TO = 'http://127.0.0.1/back';
const ALGORITHMS = ['ES256', 'PS256', 'RS256'];

const bySubject = Object.fromEntries(
  Object.values(people).map(({ claims }) => [claims.sub, claims]),
);

function signingKey() {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { ...privateKey.export({ format: 'jwk' }), alg: 'ES256', use: 'sig', kid: 'other-hands' };
}

function client({ id, machine, key }) {
  return {
    client_id: id,
    application_type: 'native', // any port of this machine to return to
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'ES256',
    id_token_signed_response_alg: 'ES256',
    jwks: { keys: [key] },
    grant_types: [machine ? 'client_credentials' : 'authorization_code'],
    response_types: machine ? [] : ['code'],
    redirect_uris: machine ? [] : [RETURN_TO],
    dpop_bound_access_tokens: true,
  };
}

function claimsOf(token) {
  const machine = Object.values(people).find(({ claims }) => claims.client_id === token.clientId);
  const { sub, client_id, ...said } = token.accountId ? bySubject[token.accountId] : machine.claims;
  return said;
}

const configuration = {
  clients: clients.map(client),
  jwks: { keys: [signingKey()] },
  cookies: { keys: [randomBytes(32).toString('hex')] },
  pkce: { required: () => true },
  enabledJWA: { dPoPSigningAlgValues: ALGORITHMS, clientAuthSigningAlgValues: ALGORITHMS },
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    dPoP: { enabled: true, nonceSecret: randomBytes(32), requireNonce: () => true },
    pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => RESOURCE,
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({
        scope: '',
        audience,
        accessTokenFormat: 'jwt',
        accessTokenTTL: 3600,
        jwt: { sign: { alg: 'ES256' } },
      }),
    },
  },
  ttl: { AccessToken: 3600, ClientCredentials: 3600, Grant: 3600, IdToken: 3600, Interaction: 600, Session: 3600 },
  interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
  // Not extraTokenClaims: those may not name authorization_details.
  formats: {
    customizers: { jwt: (_context, token, { payload }) => void Object.assign(payload, claimsOf(token)) },
  },
};

async function formOf(request) {
  let body = '';
  for await (const part of request) body += part;
  return new URLSearchParams(body);
}

async function grantTo(provider, accountId, clientId) {
  const grant = new provider.Grant({ accountId, clientId });
  grant.addOIDCScope('openid');
  return grant.save();
}

async function pick(provider, request, response) {
  if (request.method !== 'POST') {
    const buttons = Object.entries(people)
      .map(([name, { title }]) => `<button name="person" value="${name}">${title}</button>`);
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><form method="post" action="${request.url}">${buttons.join('')}</form>`);
    return;
  }
  const accountId = people[(await formOf(request)).get('person')].claims.sub;
  const { params } = await provider.interactionDetails(request, response);
  const grantId = await grantTo(provider, accountId, params.client_id);
  await provider.interactionFinished(request, response, { login: { accountId }, consent: { grantId } });
}

process.stdin.resume().on('end', () => process.exit());
const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const address = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(address, configuration);
  const usual = provider.callback();
  server.on('request', (request, response) => {
    if (!request.url.startsWith('/interaction/')) return usual(request, response);
    return pick(provider, request, response).catch((error) => {
      response.statusCode = 500;
      response.end(`${error.name}: ${error.message}`);
    });
  });
  console.log(address);
});
