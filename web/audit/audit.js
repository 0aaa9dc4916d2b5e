// Runs the GraphQL-over-HTTP audits of graphql-http against one address and prints what they found.
import { serverAudits } from 'graphql-http';

const counts = {};
const others = [];
for (const audit of serverAudits({ url: process.argv[2], fetchFn: fetch })) {
  const result = await audit.fn();
  counts[result.status] = (counts[result.status] ?? 0) + 1;
  if (result.status !== 'ok') others.push(`${result.status} ${audit.id} ${audit.name}: ${result.reason}`);
}
console.log(JSON.stringify({ counts, others }));
