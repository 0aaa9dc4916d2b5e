// Asks one address with one client, and prints each state of the answer that the client shows, a line each.
// node read.js <client> <url> <token> <document>
import { ApolloClient, HttpLink, InMemoryCache, NetworkStatus, gql } from '@apollo/client';
import { Defer20220824Handler, GraphQL17Alpha9Handler } from '@apollo/client/incremental';
import { Client, fetchExchange } from '@urql/core';

const [name, url, token, document] = process.argv.slice(2);
const headers = { authorization: `Bearer ${token}` };

const show = (data, errors = []) => {
  const codes = errors.map((error) => error.extensions?.code ?? String(error));
  console.log(JSON.stringify({ data: data ?? null, codes }));
};
const errorsOf = (error) => error?.errors ?? error?.graphQLErrors ?? (error ? [error] : []);

function apollo(incrementalHandler) {
  const link = new HttpLink({ uri: url, headers });
  const client = new ApolloClient({ link, cache: new InMemoryCache(), incrementalHandler });
  const options = { query: gql(document), errorPolicy: 'all', fetchPolicy: 'no-cache' };
  const waits = [NetworkStatus.loading, NetworkStatus.streaming];
  return new Promise((resolve) => {
    if (/^\s*subscription/.test(document)) {
      client.subscribe(options).subscribe({
        next: ({ data, error }) => show(data, errorsOf(error)),
        complete: resolve,
      });
      return;
    }
    client.watchQuery(options).subscribe(({ data, error, networkStatus }) => {
      if (networkStatus !== NetworkStatus.loading) show(data, errorsOf(error));
      if (!waits.includes(networkStatus)) resolve();
    });
  });
}

function urql() {
  const fetchOptions = { headers };
  const client = new Client({ url, preferGetMethod: false, exchanges: [fetchExchange], fetchOptions });
  return new Promise((resolve) => {
    client.query(document, {}).subscribe(({ data, error, hasNext }) => {
      show(data, error?.networkError ? [error.networkError] : errorsOf(error));
      if (!hasNext) resolve();
    });
  });
}

const clients = {
  'apollo v0.2': () => apollo(new GraphQL17Alpha9Handler()),
  'apollo 20220824': () => apollo(new Defer20220824Handler()),
  urql,
};
await clients[name]();
process.exit(0); // nobody waits for idle connections
