// Fetches a test person's token from the gateway and keeps it until it is about to expire.

const MARGIN_SECONDS = 60;
let held = null; // { name, promise, expiresAt }

async function request(name) {
  const response = await fetch(`/dev/token/${encodeURIComponent(name)}`, { method: 'POST' });
  if (!response.ok) throw new Error(`Fikk ikke token for «${name}» (HTTP ${response.status}).`);
  return response.json();
}

function renew(name) {
  const fresh = { name, expiresAt: Infinity };
  fresh.promise = request(name).then(
    ({ access_token, expires_in }) => {
      fresh.expiresAt = Date.now() + Math.max(expires_in - MARGIN_SECONDS, 1) * 1000;
      return access_token;
    },
    (error) => {
      forgetToken();
      throw error;
    },
  );
  held = fresh;
  return fresh.promise;
}

export function forgetToken() {
  held = null;
}

export function tokenFor(name) {
  const usable = held?.name === name && Date.now() < held.expiresAt;
  return usable ? held.promise : renew(name);
}

export async function people() {
  const response = await fetch('/dev/people');
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return response.json();
}
