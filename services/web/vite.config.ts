import vue from '@vitejs/plugin-vue';
import { fileURLToPath } from 'node:url';
import { defineConfig, loadEnv } from 'vite';
import { defineConfig as defineTests } from 'vitest/config';
import { shopPages } from './build/pages_plugin';
import { mockApi } from './dev/mock_api';

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// The paths that belong to the C++ services; everything else is a page.
const service_paths = ['/v1', '/s/', '/log', '/sandbox', '/media', '/pictures'];

export default defineConfig(({ mode, isSsrBuild: draws_views }) => {
  const api = loadEnv(mode, '.', 'SHANHAI_').SHANHAI_API ?? 'http://127.0.0.1:8080';
  const tests = defineTests({ test: { include: ['tests/**/*.test.ts'], setupFiles: ['tests/setup.ts'], environment: 'node', testTimeout: 20_000 } });
  return {
    ...tests,
    plugins: [vue(), ...(draws_views ? [] : [shopPages()]), ...(mode === 'mock' ? [mockApi()] : [])],
    define: {
      // What vue-i18n can leave out: the old options API, its global components, its devtools.
      __VUE_I18N_LEGACY_API__: false,
      __VUE_I18N_FULL_INSTALL__: false,
      __INTLIFY_PROD_DEVTOOLS__: false,
      __VUE_OPTIONS_API__: false,
    },
    build: {
      // WeChat's browser on phones of the last five years; BigInt is needed for Ed25519.
      target: 'es2020',
      modulePreload: { polyfill: false },
      manifest: !draws_views, // For build/first_views.ts; not served.
      copyPublicDir: !draws_views,
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 700,
      rollupOptions: {
        input: { shop: file('index.html'), desk: file('desk/index.html') },
        // What both begin with in one file: each of its own would cost more in heads than it holds.
        ...(!draws_views && { output: { manualChunks: (id: string) => (/\/src\/shared\/(bundles|money|prices|random)\.ts$/.test(id) ? 'basics' : undefined) } }),
      },
    },
    // places.csv lies beside the services that read it, too.
    server: { fs: { allow: ['.', '../vocabulary/data'] }, proxy: mode === 'mock' ? {} : Object.fromEntries(service_paths.map((path) => [path, api])) },
  };
});
