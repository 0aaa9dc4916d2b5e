// Asks and subscribes with the clients that vendors use, and prints what they heard.
// node clients.js NAME '{"url": "http://…/graphql", "tokens": ["first", "later"], "ticks": 3}'
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { Client, fetchExchange, subscriptionExchange } from '@urql/core';
import * as sse from 'graphql-sse';
import * as ws from 'graphql-ws';
import WebSocket from 'ws';

const [name, given] = process.argv.slice(2);
const { url, tokens, ticks } = JSON.parse(given);
// A new connection shows the newest token, as an app would that renews it.
const token = () => (tokens.length > 1 ? tokens.shift() : tokens[0]);
const authorization = () => ({ authorization: `Bearer ${token()}` });
const soon = () => new Promise((done) => setTimeout(done, 100));

const socket = () =>
  ws.createClient({
    url: url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: authorization,
    keepAlive: 200, // its own pings
    retryAttempts: 20,
    retryWait: soon,
  });
const stream = () =>
  sse.createClient({ url, headers: authorization, retryAttempts: 20, retry: soon });

const bare = (client) => ({
  once: (query) =>
    new Promise((done, failed) => {
      let heard;
      client.subscribe({ query }, {
        next: (result) => (heard = result.data),
        error: failed,
        complete: () => done(heard),
      });
    }),
  follow: (query, variables, next, failed) =>
    client.subscribe({ query, variables }, { next, error: failed, complete: () => {} }),
});

const urql = (options) => {
  const client = new Client({
    url,
    preferGetMethod: false,
    fetchOptions: () => ({ headers: authorization() }),
    ...options,
  });
  return {
    once: async (query) => {
      const kind = query.startsWith('mutation') ? 'mutation' : 'query';
      const { data, error } = await client[kind](query, {}).toPromise();
      if (error) throw error;
      return data;
    },
    follow: (query, variables, next, failed) => {
      const { unsubscribe } = client.subscription(query, variables).subscribe((result) => {
        if (result.error) failed(result.error);
        else next(result);
      });
      return unsubscribe;
    },
  };
};

const overSocket = (client) =>
  subscriptionExchange({
    forwardSubscription: (asked) => ({
      subscribe: (sink) => ({ unsubscribe: client.subscribe(asked, sink) }),
    }),
  });

const apollo = () => {
  const http = new HttpLink({ uri: url, headers: { authorization: `Bearer ${tokens.at(-1)}` } });
  const link = ApolloLink.split(
    ({ operationType }) => operationType === 'subscription',
    new GraphQLWsLink(socket()),
    http,
  );
  const client = new ApolloClient({ link, cache: new InMemoryCache() });
  return {
    once: async (query) =>
      query.startsWith('mutation')
        ? (await client.mutate({ mutation: gql(query) })).data
        : (await client.query({ query: gql(query) })).data,
    follow: (query, variables, next, failed) => {
      const following = client
        .subscribe({ query: gql(query), variables })
        .subscribe({ next, error: failed });
      return () => following.unsubscribe();
    },
  };
};

const clients = {
  'graphql-ws': () => bare(socket()),
  'graphql-sse': () => bare(stream()),
  'urql over graphql-ws': () => urql({ exchanges: [fetchExchange, overSocket(socket())] }),
  'urql over graphql-sse': () => urql({ exchanges: [fetchExchange], fetchSubscriptions: true }),
  'Apollo Client': apollo,
};

const client = clients[name]();
const heard = { query: await client.once('{ who }'), mutation: await client.once('mutation { touch }') };
heard.ticks = await new Promise((done, failed) => {
  const numbers = [];
  // Changed in place: whoever connects again resumes from what was heard last.
  const variables = {};
  const stop = client.follow('subscription { ticks }', variables, (result) => {
    // A stream tells of a token's end by an event, and the client comes back with a new one.
    if (result.errors?.[0].extensions.code === 'TOKEN_EXPIRED') return;
    if (!result.data) return failed(result.error ?? result);
    numbers.push(result.data.ticks);
    variables.after = String(result.data.ticks);
    if (numbers.length === ticks) setTimeout(() => { stop(); done(numbers); }, 50);
  }, failed);
});
console.log(JSON.stringify(heard));
setTimeout(() => process.exit(0), 200); // the last word goes out first
