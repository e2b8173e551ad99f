import { defineConfig } from 'vite';

// The same pages as one classic script: of a folder that was opened without a server, browsers load no modules.
export default defineConfig({
  publicDir: false,
  build: {
    outDir: '../target/classes/org/alluvium/dashboard/ui/snapshot',
    emptyOutDir: false,
    cssCodeSplit: false,
    modulePreload: false,
    rollupOptions: {
      input: 'src/main.tsx',
      transform: { define: { 'import.meta': '{}' } }, // which only modules have
      output: { format: 'iife', entryFileNames: 'alluvium.js', assetFileNames: 'alluvium.[ext]' },
    },
  },
});
