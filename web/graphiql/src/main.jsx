// GraphiQL for the gateway: every query is sent as the chosen test person.

import './nonce.js'; // first, before anything writes a style
import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './page.css';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { createClient } from 'graphql-ws';
import { useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { examples } from './examples.js';
import { examplesPlugin } from './examples-panel.jsx';
import { RolePicker, rememberedRole } from './role-picker.jsx';
import { forgetToken, tokenFor } from './token.js';

async function withToken(role, options) {
  if (!role) return options;
  const token = await tokenFor(role);
  return { ...options, headers: { ...options.headers, Authorization: `Bearer ${token}` } };
}

function fetchAs(role) {
  return async (url, options) => {
    const response = await fetch(url, await withToken(role, options));
    // A restarted issuer signs with a new key, so an old token is refused once.
    if (response.status !== 401 || !role) return response;
    forgetToken();
    return fetch(url, await withToken(role, options));
  };
}

// Subscriptions come over a WebSocket of their own; the token is shown when it opens.
function socketAs(role) {
  const address = new URL('/graphql', location.href);
  address.protocol = address.protocol.replace('http', 'ws');
  return createClient({
    url: address.href,
    lazy: true,
    connectionParams: async () => (role ? { authorization: `Bearer ${await tokenFor(role)}` } : {}),
    on: { closed: (event) => event.code === 4403 && forgetToken() },
  });
}

const plugins = [examplesPlugin, HISTORY_PLUGIN];

function Page() {
  const [role, setRole] = useState(rememberedRole);
  const fetcher = useMemo(
    () =>
      createGraphiQLFetcher({
        url: '/graphql',
        headers: { 'GraphQL-Cost': 'report' },
        fetch: fetchAs(role),
        wsClient: socketAs(role),
      }),
    [role],
  );
  return (
    <>
      <RolePicker role={role} onPick={setRole} />
      <GraphiQL
        fetcher={fetcher}
        plugins={plugins}
        visiblePlugin={examplesPlugin}
        defaultQuery={examples[0]?.query}
        isHeadersEditorEnabled={false}
        defaultEditorToolsVisibility="variables"
      />
    </>
  );
}

createRoot(document.getElementById('root')).render(<Page />);
