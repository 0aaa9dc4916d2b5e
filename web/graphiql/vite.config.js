import { defineConfig } from 'vite';

// React libraries mark files "use client" for servers; bundling for a browser may drop that.
const isNoise = (warning) => warning.code === 'MODULE_LEVEL_DIRECTIVE';

export default defineConfig({
  base: '/graphiql/',
  worker: { format: 'es' },
  html: { cspNonce: 'NONCE' }, // the gateway writes a new one each time (gateway/graphiql.py)
  build: {
    target: 'es2022',
    chunkSizeWarningLimit: 5000,
    reportCompressedSize: false,
    rolldownOptions: { onwarn: (warning, warn) => isNoise(warning) || warn(warning) },
  },
});
